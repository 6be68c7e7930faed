using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;

namespace Steady.Launcher;

/// <summary>PostgreSQL and RabbitMQ: those that were given as connection strings, else private ones under .local/.</summary>
internal sealed class BackingServers : IAsyncDisposable
{
    private static readonly string[] Databases = ["budgets", "incidents", "experiments"];

    private NativePostgres? postgres;
    private NativeRabbit? rabbit;

    /// <summary>True when the environment names all four; some without the others is a mistake worth a word.</summary>
    public static bool AreGiven()
    {
        var names = Databases.Append("bus").ToList();
        var given = names.Where(n => Given(n) is not null).ToList();
        if (given.Count is not 0 && given.Count != names.Count)
        {
            var missing = string.Join(", ", names.Except(given).Select(n => $"ConnectionStrings__{n}"));
            throw new UserError($"Some connection strings are given, but not {missing}. Give all of them, or none.");
        }

        return given.Count > 0;
    }

    /// <summary>Starts what is not given; answers the connection strings as AppHost wants to be told.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Start(Settings settings, CancellationToken stop)
    {
        if (AreGiven())
        {
            return Names(Given, Given);
        }

        var amqp = Settings.PortOf("rabbit");
        var free = RabbitPorts.Free();
        postgres = new NativePostgres(settings.In("postgres"), Settings.PortOf("postgres") ?? Ports.Free());
        rabbit = new NativeRabbit(settings.In("rabbit"), free with { Amqp = amqp ?? free.Amqp });
        await Task.WhenAll(StartPostgres(postgres, stop), rabbit.Start(stop));
        return Names(postgres.ConnectionString, _ => rabbit.ConnectionString("/"));
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(
            postgres?.DisposeAsync().AsTask() ?? Task.CompletedTask,
            rabbit?.DisposeAsync().AsTask() ?? Task.CompletedTask
        );

    private static async Task StartPostgres(NativePostgres postgres, CancellationToken stop)
    {
        await postgres.Start(stop);
        foreach (var database in Databases)
        {
            await postgres.EnsureDatabase(database, stop);
        }
    }

    // In AppHost a database cannot be called like the service that uses it: names of resources are unique there.
    private static Dictionary<string, string> Names(Func<string, string?> database, Func<string, string?> broker)
    {
        var names = Databases.ToDictionary(d => $"ConnectionStrings__{d}db", d => database(d)!);
        names["ConnectionStrings__bus"] = broker("bus")!;
        return names;
    }

    private static string? Given(string name) => Environment.GetEnvironmentVariable($"ConnectionStrings__{name}");
}
