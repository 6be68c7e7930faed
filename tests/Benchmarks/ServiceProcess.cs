using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>A service as a process of its own, on a database and a virtual host of its own, asked by an administrator.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly OwnedProcess process;

    private ServiceProcess(OwnedProcess process, HttpClient client, string database)
    {
        this.process = process;
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
        var process = OwnedProcess.Start(
            new Launch("dotnet", Path.Combine(AppContext.BaseDirectory, $"Steady.{service}.dll"))
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
            }
        );
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.With("admin"));
        await Answering(client, "alive");
        return new ServiceProcess(process, client, database);
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
