using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>The kernel blocks a port of this machine, and stops doing so by itself.</summary>
public sealed class PortInjectorTests : IDisposable
{
    private readonly Echo echo = new();

    [Fact]
    public async Task A_blocked_port_takes_nothing_until_it_is_let_go()
    {
        await using var agent = await Begin();
        using var socket = await Connect();
        await Edge.RoundTrip(socket);
        var lease = Targeted.NewLease();
        await agent.Place(lease, "port", "block");
        var reply = Edge.RoundTrip(socket);
        await Eventually.Holds(
            async () => (await agent.Lease(lease)).Effect is { Seen: true, ChunksDropped: > 0 },
            "Packets were dropped"
        );
        Assert.False(reply.IsCompleted);
        await agent.Revert(lease);
        // What was dropped is sent again, after the pause that TCP makes.
        await reply.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Targeted.Stop);
    }

    [Fact]
    public async Task A_refused_port_resets_and_the_kernel_ends_it_by_itself()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "port", "refuse", ttl: 1);
        await Assert.ThrowsAsync<SocketException>(() => Connect());
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    using var socket = await Connect();
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "The port was let go"
        );
        Assert.Equal(LeaseState.Expired, (await agent.Lease(lease)).State);
    }

    [Fact]
    public async Task A_renewal_keeps_the_port_blocked()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "port", "refuse", ttl: 1);
        var renewed = await agent.Renew(lease, 20);
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        using var past = new PeriodicTimer(TimeSpan.FromSeconds(1.3), TimeProvider.System);
        await past.WaitForNextTickAsync(Targeted.Stop);
        await Assert.ThrowsAsync<SocketException>(() => Connect());
        await agent.Revert(lease);
        using var socket = await Connect();
    }

    [Fact]
    public async Task The_platforms_own_ports_are_refused()
    {
        await using var agent = await Targeted.Start([.. Target(), ("Denied:Addresses:1", $"0.0.0.0:{Port}")]);
        var (status, code, _) = await agent.Refused("port", "block");
        Assert.Equal((HttpStatusCode.Forbidden, "target-denied"), (status, code));
    }

    [Fact]
    public async Task No_edge_is_put_before_what_is_the_platforms_own()
    {
        await using var agent = await Targeted.Start([.. Target(), ("Denied:Addresses:1", $"localhost:{Port}")]);
        using var answer = await agent.Http.PostAsJsonAsync(
            "/proxies",
            new
            {
                name = "own",
                listen = "127.0.0.1:0",
                upstream = $"127.0.0.1:{Port}",
            },
            Targeted.Stop
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "never broken",
            await answer.Content.ReadAsStringAsync(Targeted.Stop),
            StringComparison.Ordinal
        );
        Assert.Equal("{}", await agent.Http.GetStringAsync("/proxies", Targeted.Stop));
    }

    public void Dispose() => echo.Dispose();

    private string Port => echo.Address.Port.ToString(CultureInfo.InvariantCulture);

    private (string, string)[] Target() => [("Targets:0:Injector", "port"), ("Targets:0:Port", Port)];

    private async Task<Targeted> Begin()
    {
        var agent = await Targeted.Start(Target());
        var injector = (await agent.Injectors()).Single(one => one.Name == "port");
        if (injector.Unavailable is { } why)
            Servers.Absent(why);
        Assert.Equal(["victim"], injector.Targets);
        return agent;
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(echo.Address, Targeted.Stop);
        return socket;
    }
}
