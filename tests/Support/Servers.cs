using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Xunit;

namespace Steady.Tests.Support;

/// <summary>A PostgreSQL and a RabbitMQ for tests: where they come from is decided once per process, see <see cref="Servers"/>.</summary>
public sealed record ServerAddresses(string Postgres, string Rabbit, Uri RabbitManagement);

/// <summary>
/// The real servers behind the tests, one pair per test process: given connection strings first (STEADY_TEST_POSTGRES and
/// STEADY_TEST_RABBIT, with STEADY_TEST_RABBIT_MANAGEMENT for its HTTP API), then containers when images are configured, else native
/// servers on free ports in a directory that is removed at the end. Each test class takes its own database and virtual host.
/// </summary>
public static class Servers
{
    private static readonly Lazy<Task<ServerAddresses?>> Shared = new(
        Begin,
        LazyThreadSafetyMode.ExecutionAndPublication
    );
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static int count;

    /// <summary>The native PostgreSQL of this test process, when that is what runs: a test may restart it.</summary>
    public static NativePostgres? NativePostgres { get; private set; }

    /// <summary>The native RabbitMQ of this test process, when that is what runs: a test may stop it.</summary>
    public static NativeRabbit? NativeRabbit { get; private set; }

    /// <summary>Whether PostgreSQL waits for the disk: off for tests, which lose nothing by it, on for benchmarks. Set before the first use.</summary>
    public static bool Durable { get; set; }

    /// <summary>Where containers come in: set before the first use. Asked first when images are named, else only where native servers are
    /// missing; it answers null when no engine does.</summary>
    public static Func<CancellationToken, Task<ServerAddresses?>>? Containers { get; set; }

    /// <summary>The servers; without any, the test is skipped with a sentence, or fails where CI=true.</summary>
    public static async Task<ServerAddresses> Required()
    {
        if (await Shared.Value is { } servers)
        {
            return servers;
        }

        Absent($"{MissingNatively} No container engine answers either.");
        throw new InvalidOperationException("Unreachable: the test has been skipped or failed.");
    }

    /// <summary>Skips the test with the sentence; in CI, where everything must run, fails it.</summary>
    public static void Absent(string sentence)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{sentence} CI=true forbids to skip.");
        }

        Assert.Skip(sentence);
    }

    /// <summary>A fresh, empty database; answers its connection string.</summary>
    public static async Task<string> NewDatabase(string prefix)
    {
        var servers = await Required();
        var name = Unique(prefix);
        await using var source = NpgsqlDataSource.Create(servers.Postgres + ";Pooling=false");
        await using var create = source.CreateCommand($"create database \"{name}\"");
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = name }.ConnectionString;
    }

    /// <summary>A fresh virtual host; answers its address as amqp://user:password@host:port/name.</summary>
    public static async Task<string> NewVirtualHost(string prefix)
    {
        var servers = await Required();
        var name = Unique(prefix);
        var address = new Uri(servers.Rabbit);
        var (user, password) = Credentials(address);
        await VirtualHosts.Ensure(
            servers.RabbitManagement,
            user,
            password,
            name,
            TestContext.Current.CancellationToken
        );
        return new UriBuilder(address) { Path = name }
            .Uri
            .AbsoluteUri;
    }

    private static string? MissingNatively => NativePostgres.Missing() ?? NativeRabbit.Missing();

    private static bool ImagesAreNamed => Variable("STEADY_TEST_POSTGRES_IMAGE") is not null;

    private static bool Given =>
        Variable("STEADY_TEST_POSTGRES") is not null && Variable("STEADY_TEST_RABBIT") is not null;

    private static async Task<ServerAddresses?> Begin()
    {
        if (Given)
        {
            var rabbit = Variable("STEADY_TEST_RABBIT")!;
            var management = Variable("STEADY_TEST_RABBIT_MANAGEMENT") ?? $"http://{new Uri(rabbit).Host}:15672/";
            return new ServerAddresses(Variable("STEADY_TEST_POSTGRES")!, rabbit, new Uri(management));
        }

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        if (Containers is { } start && (ImagesAreNamed || MissingNatively is not null))
        {
            return await start(patience.Token);
        }

        return MissingNatively is null ? await BeginNative(patience.Token) : null;
    }

    private static async Task<ServerAddresses> BeginNative(CancellationToken stop)
    {
        var directory = Path.Combine(
            Repository.Root,
            ".local",
            $"test-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"
        );
        var postgres = new NativePostgres(Path.Combine(directory, "postgres"), Ports.Free()) { Durable = Durable };
        var rabbit = new NativeRabbit(Path.Combine(directory, "rabbit"), RabbitPorts.Free());
        (NativePostgres, NativeRabbit) = (postgres, rabbit);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(postgres, rabbit, directory);
        await Task.WhenAll(postgres.Start(stop), rabbit.Start(stop));
        return new ServerAddresses(
            postgres.ConnectionString("postgres"),
            rabbit.ConnectionString("/"),
            rabbit.Management
        );
    }

    // Nobody is left to await anything when a process exits, and one that takes ten seconds to exit counts as failed. The
    // data goes with the servers, so they need not leave in order, and gigabytes of it need not be waited for.
    private static void End(NativePostgres postgres, NativeRabbit rabbit, string directory)
    {
        Task.WhenAll(postgres.Kill(), rabbit.Kill()).Wait(TimeSpan.FromSeconds(5));
        using var remove = Process.Start("rm", ["-rf", directory]);
    }

    private static string Unique(string prefix)
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return $"{prefix}_{process}_{Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture)}".ToLowerInvariant();
    }

    private static (string User, string Password) Credentials(Uri address)
    {
        var parts = address.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
