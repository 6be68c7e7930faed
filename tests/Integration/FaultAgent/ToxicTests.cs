using System.Diagnostics;
using System.Net.Sockets;
using Steady.Contracts.Faults;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>What each kind of toxic does to real connections.</summary>
public sealed class ToxicTests
{
    [Fact]
    public async Task Limit_data_lets_so_many_bytes_through_and_closes()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var (_, lease) = await edge.Place(Fault("limit_data", "bytes", 10));
        await socket.SendAsync(new byte[25], Edge.Stop);
        Assert.Equal(10, await ReadToEnd(socket));
        Assert.Equal(new FaultEffect(1, 15, 0, 0, 0, 1), (await edge.Lease(lease)).Effect);
    }

    [Fact]
    public async Task Bandwidth_makes_data_take_its_time_and_loses_none()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await edge.Place(Fault("bandwidth", "rate", 100));
        var started = Stopwatch.GetTimestamp();
        await socket.SendAsync(new byte[60_000], Edge.Stop);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(60_000, await ReadToEnd(socket));
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(590));
    }

    [Fact]
    public async Task A_slicer_cuts_data_into_pieces_and_loses_none()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var sizes = new Dictionary<string, long>
        {
            ["average_size"] = 100,
            ["size_variation"] = 20,
            ["delay"] = 2_000,
        };
        var (_, lease) = await edge.Place(new FaultSpec("slicer", Attributes: sizes));
        var sent = Enumerable.Range(0, 5_000).Select(at => (byte)(at % 251)).ToArray();
        var started = Stopwatch.GetTimestamp();
        await socket.SendAsync(sent, Edge.Stop);
        socket.Shutdown(SocketShutdown.Send);

        var got = new List<byte>();
        var buffer = new byte[1_000];
        for (int bytes; (bytes = await socket.ReceiveAsync(buffer, Edge.Stop)) > 0; )
            got.AddRange(buffer[..bytes]);
        Assert.Equal(sent, got);
        // Between 5,000 / 120 and 5,000 / 80 pieces, and one more for each time that the data came in two.
        var effect = (await edge.Lease(lease)).Effect;
        Assert.InRange(effect.ChunksDelayed, 41, 70);
        Assert.Equal(5_000, effect.Bytes);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(2 * 40));
    }

    [Fact]
    public async Task A_slicer_that_ends_lets_the_rest_through_at_once()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var sizes = new Dictionary<string, long> { ["average_size"] = 1, ["delay"] = 1_000_000 };
        var (_, lease) = await edge.Place(new FaultSpec("slicer", Attributes: sizes));
        await socket.SendAsync(new byte[10_000], Edge.Stop);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(1, await socket.ReceiveAsync(new byte[1], Edge.Stop));
        await edge.Http.DeleteAsync($"/leases/{lease}", Edge.Stop);
        Assert.Equal(9_999, await ReadToEnd(socket));
    }

    [Fact]
    public async Task Latency_makes_a_stream_late_not_slow()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await edge.Place(Fault("latency", "latency", 300));
        var started = Stopwatch.GetTimestamp();
        // Far more pieces than could each wait for their turn: they wait together.
        for (var piece = 0; piece < 40; piece++)
        {
            await socket.SendAsync(new byte[1000], Edge.Stop);
            await Task.Yield();
        }
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(40_000, await ReadToEnd(socket));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_timeout_closes_a_silent_connection_after_its_time()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await Edge.RoundTrip(socket);
        var (_, lease) = await edge.Place(Fault("timeout", "timeout", 200));
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Edge.Stop));
        Assert.Equal(1, (await edge.Lease(lease)).Effect.Closed);
    }

    [Fact]
    public async Task Slow_close_holds_back_the_end_and_nothing_else()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await edge.Place(Fault("slow_close", "delay", 400));
        await Edge.RoundTrip(socket);
        var started = Stopwatch.GetTimestamp();
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Edge.Stop));
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task A_toxicity_of_zero_hits_nobody_and_a_half_hits_some()
    {
        await using var edge = await Edge.Start();
        var (_, none) = await edge.Place(new FaultSpec("timeout", Toxicity: 0));
        await Edge.RoundTrip(await edge.Connect());
        Assert.False((await edge.Lease(none)).Effect.Seen);

        var (_, half) = await edge.Place(Fault("latency", "latency", 1) with { Toxicity = 0.5 });
        for (var customer = 0; customer < 40; customer++)
            await Edge.RoundTrip(await edge.Connect());
        Assert.InRange((await edge.Lease(half)).Effect.Connections, 8, 32);
    }

    [Fact]
    public async Task An_upstream_fault_leaves_the_other_direction_alone()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var (_, lease) = await edge.Place(Fault("latency", "latency", 1) with { Stream = FaultSpec.Upstream });
        await Edge.RoundTrip(socket);
        Assert.Equal(1, (await edge.Lease(lease)).Effect.ChunksDelayed);
    }

    private static FaultSpec Fault(string type, string name, long value) =>
        new(type, Attributes: new Dictionary<string, long> { [name] = value });

    private static async Task<int> ReadToEnd(Socket socket)
    {
        var (all, buffer) = (0, new byte[16 * 1024]);
        for (int bytes; (bytes = await socket.ReceiveAsync(buffer, Edge.Stop)) > 0; )
            all += bytes;
        return all;
    }
}
