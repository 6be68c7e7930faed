using System.Globalization;
using Npgsql;
using Steady.LocalHosting.Processes;

namespace Steady.LocalHosting.Servers;

/// <summary>
/// A private PostgreSQL in a directory of ours, on loopback, from the machine's own binaries. As root it runs as the user `postgres`,
/// because the server refuses root.
/// </summary>
public sealed class NativePostgres(string directory, int port) : IAsyncDisposable
{
    private const string User = "steady";

    private readonly string data = Path.Combine(directory, "data");
    private readonly string log = Path.Combine(directory, "postgres.log");
    private readonly string password = Secret.In(directory);
    private OwnedProcess? process;

    public int Port => port;

    /// <summary>Whether a commit waits for the disk. Tests may do without; nothing else should.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing() =>
        Binaries(null) is null ? "The PostgreSQL server is not installed (Debian: apt-get install postgresql)." : null;

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username={User};Password={password};Database={database}";

    public async Task Start(CancellationToken stop)
    {
        if (Missing() is { } sentence)
        {
            throw new InvalidOperationException(sentence);
        }

        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            await Initialise(stop);
        }

        process = OwnedProcess.Start(Server());
        await Readiness.Await("PostgreSQL", process, log, Answers, stop);
    }

    /// <summary>Creates the database when it is not there yet.</summary>
    public async Task EnsureDatabase(string name, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var find = source.CreateCommand("select 1 from pg_database where datname = $1");
        find.Parameters.AddWithValue(name);
        if (await find.ExecuteScalarAsync(stop) is null)
        {
            await using var create = source.CreateCommand($"create database \"{name}\"");
            await create.ExecuteNonQueryAsync(stop);
        }
    }

    public Task Stop() => process?.Stop() ?? Task.CompletedTask;

    public Task Kill() => process?.Kill() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Stop();
        NpgsqlConnection.ClearAllPools();
    }

    private async Task Initialise(CancellationToken stop)
    {
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
        {
            await Tool.Run(new Launch("chown", "postgres:postgres", data), stop);
        }

        var initdb = $"""
            printf %s "$PASSWORD" | exec '{Binary("initdb")}' -D '{DataPath}' --username={User} --pwfile=/dev/stdin \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync
            """;
        var launch = AsServerUser("sh", "-c", initdb);
        var (code, output) = await Tool.Run(
            launch with
            {
                Environment = new Dictionary<string, string> { ["PASSWORD"] = password },
            },
            stop
        );
        if (code != 0)
        {
            throw new InvalidOperationException($"initdb ended with code {code}.\n{output}");
        }
    }

    private Launch Server()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            $"port={port.ToString(CultureInfo.InvariantCulture)}",
            "unix_socket_directories=",
            "max_connections=200",
            "timezone=UTC",
            "log_timezone=UTC",
            $"fsync={(Durable ? "on" : "off")}",
        ];
        var launch = AsServerUser([Binary("postgres"), "-D", DataPath, .. settings.SelectMany(s => new[] { "-c", s })]);
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait until the last client has left.
        return launch with { LogFile = log, StopSignal = Signals.Interrupt };
    }

    // The user `postgres` may not walk the path to a checkout in somebody's home; an inherited handle needs no walking.
    private string DataPath => Environment.IsPrivilegedProcess ? "/proc/self/fd/9" : data;

    private Launch AsServerUser(params string[] command) =>
        Environment.IsPrivilegedProcess
            ? new Launch("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. command])
            {
                Handle = data,
            }
            : new Launch(command[0], command[1..]);

    private async Task<bool> Answers()
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
            await using var command = source.CreateCommand("select 1");
            return await command.ExecuteScalarAsync() is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Binary(string program)
    {
        var version = Path.Combine(data, "PG_VERSION");
        var wanted = File.Exists(version) ? File.ReadAllText(version).Trim() : null;
        var found = Binaries(wanted);
        return found is null
            ? throw new InvalidOperationException(
                $"{data} was made by PostgreSQL {wanted}, which is not installed. Install it, or start afresh."
            )
            : Path.Combine(found, program);
    }

    /// <summary>Debian keeps the server's programs apart per major version, and not on the PATH.</summary>
    private static string? Binaries(string? version)
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var debian = installed
            .Where(d => version is null || Path.GetFileName(d) == version)
            .Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "postgres")))
            .OrderByDescending(d => d, StringComparer.Ordinal)
            .FirstOrDefault();
        return debian ?? (Tool.Find("postgres") is { } elsewhere ? Path.GetDirectoryName(elsewhere) : null);
    }
}
