using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>An agent in this process, an echo server behind one edge, and clients that talk through it.</summary>
public sealed class Edge : IAsyncDisposable
{
    public const string Name = "checkout-ledger";

    private readonly Harness agent;
    private readonly Echo echo;
    private readonly List<Socket> sockets = [];

    private Edge(Harness agent, Echo echo) => (this.agent, this.echo) = (agent, echo);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Guid Run { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public HttpClient Http => agent.Admin;

    public Harness Agent => agent;

    /// <summary>Starts the agent before an upstream, or before an echo; open, because Toxiproxy's clients sign nothing.</summary>
    public static async Task<Edge> Start(string? upstream = null, bool open = true)
    {
        var echo = new Echo();
        var settings = Settings(upstream ?? $"{echo.Address}", Directory.CreateTempSubdirectory("steady-").FullName);
        settings["Leases:Open"] = $"{open}";
        return new Edge(await Harness.Start(typeof(EdgesWorker).Assembly, settings), echo);
    }

    /// <summary>The configuration of an agent with one edge.</summary>
    internal static Dictionary<string, string> Settings(string upstream, string folder) =>
        new()
        {
            ["Journal:Path"] = Path.Combine(folder, "journal.jsonl"),
            ["Leases:Open"] = "true",
            ["Leases:PublicKey"] = TestLeases.PublicKey,
            ["Logging:LogLevel:Default"] = "None",
            ["Proxies:0:Name"] = Name,
            ["Proxies:0:Listen"] = "127.0.0.1:0",
            ["Proxies:0:Upstream"] = upstream,
        };

    public async Task<Socket> Connect()
    {
        var socket = await Connect(Http);
        sockets.Add(socket);
        return socket;
    }

    /// <summary>A connection to where an agent says that the edge is.</summary>
    public static async Task<Socket> Connect(HttpClient agent)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(await Listen(agent)), Stop);
        return socket;
    }

    /// <summary>Where the edge is listening.</summary>
    public Task<string> Listen() => Listen(Http);

    public async Task<(HttpResponseMessage Response, Guid Id)> Place(FaultSpec toxic, int ttl = 30, Guid? id = null)
    {
        var lease = id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var command = new PlaceLease(Name, Run, 1, toxic, ttl);
        return (await Http.PutAsJsonAsync($"/leases/{lease}", command, Json.Options, Stop), lease);
    }

    public async Task<LeaseView> Lease(Guid id) =>
        (await Http.GetFromJsonAsync<LeaseView>($"/leases/{id}", Json.Options, Stop))!;

    /// <summary>One byte there and back.</summary>
    public static async Task RoundTrip(Socket socket)
    {
        var one = new byte[] { 42 };
        await socket.SendAsync(one, Stop);
        Assert.Equal(1, await socket.ReceiveAsync(one, Stop));
        Assert.Equal(42, one[0]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
            socket.Dispose();
        await agent.DisposeAsync();
        echo.Dispose();
    }

    private static async Task<string> Listen(HttpClient agent) =>
        (await agent.GetFromJsonAsync<JsonElement>($"/proxies/{Name}", Stop)).GetProperty("listen").GetString()!;
}
