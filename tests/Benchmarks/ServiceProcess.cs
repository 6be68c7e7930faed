using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>A service as a process of its own, on a database and a virtual host of its own, asked by an administrator.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Launch launch;
    private OwnedProcess process;

    private ServiceProcess(Launch launch, HttpClient client, string database)
    {
        this.launch = launch;
        process = OwnedProcess.Start(launch);
        Client = client;
        Database = database;
    }

    public int Id => process.Id;

    public HttpClient Client { get; }

    public string Database { get; }

    public static async Task<ServiceProcess> Start(
        string service,
        string name,
        IReadOnlyDictionary<string, string>? more = null
    )
    {
        var database = await Servers.NewDatabase(name);
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        var launch = new Launch("dotnet", Path.Combine(AppContext.BaseDirectory, $"Steady.{service}.dll"))
        {
            // Not "/", which it would watch for changed settings, all of it.
            Directory = AppContext.BaseDirectory,
            LogFile = "/dev/null",
            Environment = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
            {
                [$"ConnectionStrings__{service.ToLowerInvariant()}"] = database,
                ["ConnectionStrings__bus"] = await Servers.NewVirtualHost(name),
                ["Auth__PublicKey"] = TestTokens.PublicKey,
                ["urls"] = address.ToString(),
            },
        };
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.With("admin"));
        var started = new ServiceProcess(launch, client, database);
        await Answering(client, "alive");
        return started;
    }

    /// <summary>Kills it, without a word, and starts it again.</summary>
    public async Task Crash()
    {
        await process.Kill();
        process = OwnedProcess.Start(launch);
        await Answering(Client, "alive");
    }

    public static async Task Answering(HttpClient client, string path) =>
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await client.GetAsync(path)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"{client.BaseAddress} answering",
            TimeSpan.FromSeconds(120)
        );

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await process.DisposeAsync();
    }
}
