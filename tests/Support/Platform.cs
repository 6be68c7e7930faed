using System.Diagnostics;
using System.Globalization;
using Steady.Client;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Xunit;

namespace Steady.Tests.Support;

/// <summary>
/// The whole platform as a person starts it, by the launcher, on ports and in a folder of its own. PostgreSQL and RabbitMQ belong
/// to the test, so that it may stop them; a service may be killed and is started again as an orchestrator would.
/// </summary>
public sealed class Platform : IAsyncLifetime
{
    private static readonly string[] Databases = ["budgets", "incidents", "experiments"];
    private static readonly Dictionary<string, int> Offsets = new()
    {
        ["web"] = 80,
        ["incidents"] = 81,
        ["experiments"] = 82,
        ["budgets"] = 83,
        ["fault-agent"] = 74,
        ["checkout"] = 90,
        ["ledger"] = 91,
        ["dashboard"] = 88,
    };

    private readonly string local = Path.Combine(
        Repository.Root,
        ".local",
        $"e2e-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"
    );

    private readonly int ports = PortBase;
    private readonly List<OwnedProcess> restarted = [];
    private NativePostgres postgres = null!;
    private NativeRabbit rabbit = null!;
    private OwnedProcess? launcher;
    private FrontDoor? door;

    /// <summary>Where the ports of a platform begin in this test process; one platform at a time has them.</summary>
    public static int PortBase => 10_000 + Environment.ProcessId % 200 * 100;

    /// <summary>Everything, as an administrator.</summary>
    public FrontDoor Door => door ??= new FrontDoor(Address("web"), Token);

    /// <summary>The administrator's token.</summary>
    public string Token => File.ReadAllText(Path.Combine(local, "keys", "admin.token")).Trim();

    /// <summary>The code of the console's sign-in link.</summary>
    public string LoginCode => File.ReadAllText(Path.Combine(local, "keys", "login.code")).Trim();

    /// <summary>The broker's address for a foreign client.</summary>
    public Uri Bus => new(rabbit.ConnectionString("/"));

    /// <summary>A service's database, for what goes on behind its back.</summary>
    public string Database(string service) => postgres.ConnectionString(service);

    public Uri Address(string service) => new($"http://127.0.0.1:{Text(ports + Offsets[service])}");

    public async ValueTask InitializeAsync()
    {
        if ((NativePostgres.Missing() ?? NativeRabbit.Missing()) is { } sentence)
            Servers.Absent(sentence);
        var stop = TestContext.Current.CancellationToken;
        postgres = new NativePostgres(Path.Combine(local, "postgres"), Ports.Free()) { Durable = false };
        rabbit = new NativeRabbit(Path.Combine(local, "rabbit"), RabbitPorts.Free());
        await Task.WhenAll(StartPostgres(stop), rabbit.Start(stop));
        launcher = OwnedProcess.Start(
            new Launch("dotnet", Assembly("Launcher", "Steady.Launcher"))
            {
                Directory = Repository.Root,
                Environment = Variables(),
                LogFile = Path.Combine(local, "launcher.log"),
                Grace = TimeSpan.FromSeconds(60),
            }
        );
        await Eventually.Holds(IsReady, $"The platform is ready (see {local})", TimeSpan.FromMinutes(3));
    }

    public async ValueTask DisposeAsync()
    {
        door?.Dispose();
        foreach (var process in restarted)
            await process.Stop();
        if (launcher is not null)
            await launcher.Stop();
        await Task.WhenAll(postgres.Stop(), rabbit.Kill());
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            Directory.Delete(local, recursive: true);
    }

    /// <summary>kill -9, at this very moment; what is needed to start it again is kept.</summary>
    public Victim Kill(string service)
    {
        var victim = Victim.Find(ports + Offsets[service]);
        Signals.Send(victim.Pid, Signals.Kill);
        return victim;
    }

    /// <summary>Starts a killed service again and waits until it is healthy.</summary>
    public async Task Restart(string service, Victim victim)
    {
        restarted.Add(OwnedProcess.Start(victim.Again(Path.Combine(local, "log", $"{service}-again.log"))));
        await Healthy(service);
    }

    public async Task Healthy(string service)
    {
        using var http = new HttpClient { BaseAddress = Address(service), Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Holds(() => Answers(http), $"{service} is healthy", TimeSpan.FromMinutes(1));
    }

    public async Task StopRabbit() => await rabbit.Stop();

    public Task StartRabbit() => rabbit.Start(TestContext.Current.CancellationToken);

    public async Task RestartPostgres()
    {
        await postgres.Stop();
        await postgres.Start(TestContext.Current.CancellationToken);
    }

    private async Task StartPostgres(CancellationToken stop)
    {
        await postgres.Start(stop);
        foreach (var database in Databases)
            await postgres.EnsureDatabase(database, stop);
    }

    private Dictionary<string, string> Variables()
    {
        var environment = Databases.ToDictionary(d => $"ConnectionStrings__{d}", postgres.ConnectionString);
        environment["ConnectionStrings__bus"] = rabbit.ConnectionString("/");
        // What a design puts back by a call is at the shop, which is on this machine.
        environment["Rollback__AllowedHosts__0"] = "127.0.0.1";
        environment["STEADY_LOCAL"] = local;
        environment["STEADY_PORT_BASE"] = Text(ports);
        return environment;
    }

    private bool IsReady()
    {
        if (launcher!.Exit.IsCompleted)
            Assert.Fail($"The launcher ended:\n{File.ReadAllText(Path.Combine(local, "launcher.log"))}");
        var note = Path.Combine(local, "up.json");
        return File.Exists(note) && File.ReadAllText(note).Contains("\"Ready\":true", StringComparison.Ordinal);
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Assembly(string project, string name) =>
        Path.Combine(Repository.Root, "artifacts", "bin", project, "release", $"{name}.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A process that was, or is about to be, killed: what it ran, where, and with which environment.</summary>
public sealed record Victim(
    int Pid,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    string Directory
)
{
    /// <summary>Finds the service by the port it was told to listen on.</summary>
    public static Victim Find(int port)
    {
        var end = $":{port.ToString(CultureInfo.InvariantCulture)}";
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                var (command, environment) = (Read(process.Id, "cmdline"), Read(process.Id, "environ"));
                if (
                    command.Length > 1
                    && command[0].EndsWith("dotnet", StringComparison.Ordinal)
                    && environment.Any(e =>
                        e.StartsWith("ASPNETCORE_URLS=", StringComparison.Ordinal)
                        && e.EndsWith(end, StringComparison.Ordinal)
                    )
                )
                    return new Victim(
                        process.Id,
                        command,
                        Pairs(environment),
                        System.IO.Directory.ResolveLinkTarget($"/proc/{process.Id}/cwd", false)!.FullName
                    );
            }
        }

        throw new InvalidOperationException($"No process listens on port {end}.");
    }

    /// <summary>The same again.</summary>
    public Launch Again(string log) =>
        new(Command[0], [.. Command.Skip(1)])
        {
            Directory = Directory,
            Environment = Environment,
            LogFile = log,
        };

    private static Dictionary<string, string> Pairs(IEnumerable<string> environment) =>
        environment.Select(e => e.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);

    private static string[] Read(int pid, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/{what}")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
