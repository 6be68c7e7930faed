using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
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

    private readonly WebApplication agent;
    private readonly Echo echo = new();
    private readonly List<Socket> sockets = [];

    private Edge(string journal)
    {
        agent = Agent.Build([
            $"--Auth:PublicKey={TestTokens.PublicKey}",
            $"--Journal:Path={journal}",
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=None",
            $"--Proxies:0:Name={Name}",
            "--Proxies:0:Listen=127.0.0.1:0",
            $"--Proxies:0:Upstream={echo.Address}",
        ]);
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Guid Run { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public HttpClient Http { get; private set; } = null!;

    public static async Task<Edge> Start(string? journal = null)
    {
        var edge = new Edge(
            journal ?? Path.Combine(Directory.CreateTempSubdirectory("steady-").FullName, "journal.jsonl")
        );
        await edge.agent.StartAsync(Stop);
        edge.Http = Client(edge.BaseAddress, "experiments:operate");
        return edge;
    }

    public Uri BaseAddress =>
        new(agent.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static HttpClient Client(Uri address, string? scope)
    {
        var http = new HttpClient { BaseAddress = address };
        if (scope is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.With(scope));
        return http;
    }

    public async Task<Socket> Connect()
    {
        var proxy = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>($"/proxies/{Name}", Stop);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        sockets.Add(socket);
        await socket.ConnectAsync(IPEndPoint.Parse(proxy.GetProperty("listen").GetString()!), Stop);
        return socket;
    }

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
        Http?.Dispose();
        await agent.DisposeAsync();
        echo.Dispose();
    }
}

/// <summary>A server that says back what it hears.</summary>
internal sealed class Echo : IDisposable
{
    private readonly Socket listener = new(SocketType.Stream, ProtocolType.Tcp);

    public Echo()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = Accept();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}";

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Answer(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static async Task Answer(Socket client)
    {
        using (client)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                for (int bytes; (bytes = await client.ReceiveAsync(buffer)) > 0; )
                    await client.SendAsync(buffer.AsMemory(0, bytes));
            }
            catch (SocketException)
            {
                // The proxy passes resets on.
            }
        }
    }
}
