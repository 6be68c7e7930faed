using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// How long does a fault go on hurting after somebody said stop, and what does the proxy cost when nothing is wrong?
/// Client, agent and echo share one process and its cores.
/// </summary>
public static class FaultPath
{
    private const string Edge = "edge";
    private const int Trials = 200;
    private const int Connections = 8;
    private const int RoundTrips = 20_000;

    public static async Task Run(Report report)
    {
        using var echo = new Echo();
        var folder = Directory.CreateTempSubdirectory("steady-");
        await using var agent = await Harness.Start(
            typeof(EdgesWorker).Assembly,
            new Dictionary<string, string>
            {
                ["Journal:Path"] = Path.Combine(folder.FullName, "journal.jsonl"),
                ["Leases:Open"] = "true",
                ["Logging:LogLevel:Default"] = "None",
                ["Proxies:0:Name"] = Edge,
                ["Proxies:0:Listen"] = "127.0.0.1:0",
                ["Proxies:0:Upstream"] = echo.Address.ToString(),
            }
        );
        var proxy = await agent.Admin.GetFromJsonAsync<JsonElement>($"/proxies/{Edge}");
        var listen = IPEndPoint.Parse(proxy.GetProperty("listen").GetString()!);

        report.Percentiles(
            $"Abort → last of {Connections} held replies through (bar p99 ≤ 250)",
            await Abort(agent.Admin, listen, new FaultSpec("latency", Attributes: Of("latency", 60_000)))
        );
        report.Percentiles(
            $"Abort → last of {Connections} swallowed connections told (bar p99 ≤ 250)",
            await Abort(agent.Admin, listen, new FaultSpec("timeout"))
        );
        report.Percentiles(
            "Lease of 1 s placed and not renewed → reply through, beyond the 1 s",
            await Expire(agent.Admin, listen)
        );
        await Overhead(report, echo.Address, listen);
        folder.Delete(recursive: true);
    }

    /// <summary>From before the DELETE is sent until the last connection that waits has heard something.</summary>
    private static async Task<List<double>> Abort(HttpClient agent, IPEndPoint listen, FaultSpec toxic)
    {
        var samples = new List<double>();
        for (var trial = 0; trial < Trials; trial++)
        {
            var lease = await Place(agent, toxic, ttl: 60);
            var sockets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Connect(listen)));
            var replies = sockets.Select(Ask).ToArray();
            while (
                (await agent.GetFromJsonAsync<LeaseView>($"/leases/{lease}", Json.Options))!.Effect.Connections
                < Connections
            )
                await Task.Yield();
            var begun = Stopwatch.GetTimestamp();
            var deleted = agent.DeleteAsync($"/leases/{lease}");
            await Task.WhenAll(replies);
            samples.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            (await deleted).EnsureSuccessStatusCode();
            Array.ForEach(sockets, socket => socket.Dispose());
        }
        return samples;
    }

    private static async Task<List<double>> Expire(HttpClient agent, IPEndPoint listen)
    {
        var samples = new List<double>();
        for (var trial = 0; trial < 20; trial++)
        {
            using var socket = await Connect(listen);
            // From before the request: the second begins somewhere inside it, so this can only be too strict.
            var asked = Stopwatch.GetTimestamp();
            await Place(agent, new FaultSpec("latency", Attributes: Of("latency", 60_000)), ttl: 1);
            await Ask(socket);
            samples.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds - 1000);
        }
        return samples;
    }

    private static async Task Overhead(Report report, IPEndPoint direct, IPEndPoint proxied)
    {
        using var straight = await Connect(direct);
        using var through = await Connect(proxied);
        var (without, with) = (new List<double>(), new List<double>());
        // In turns, so that whatever else the machine does hits both alike; the first tenth warms up.
        for (var trip = 0; trip < RoundTrips * 11 / 10; trip++)
        {
            var (direct1, proxied1) = (await Timed(straight), await Timed(through));
            if (trip < RoundTrips / 10)
                continue;
            without.Add(direct1);
            with.Add(proxied1);
        }
        without.Sort();
        with.Sort();
        Row("direct", without, without);
        Row("through the proxy", with, without);

        void Row(string what, List<double> sorted, List<double> floor)
        {
            var (half, most) = (sorted.Count / 2, sorted.Count * 99 / 100);
            report.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Round trip {what}: n={sorted.Count} p50={sorted[half]:F0} µs p99={sorted[most]:F0} µs, added at p50 {sorted[half] - floor[half]:F0} µs (bar ≤ 100), ratio {sorted[half] / floor[half]:F2}"
                )
            );
        }
    }

    private static async Task<double> Timed(Socket socket)
    {
        var begun = Stopwatch.GetTimestamp();
        await Ask(socket);
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    private static async Task Ask(Socket socket)
    {
        var one = new byte[1];
        await socket.SendAsync(one);
        await socket.ReceiveAsync(one);
    }

    private static async Task<Socket> Connect(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return socket;
    }

    private static async Task<Guid> Place(HttpClient agent, FaultSpec toxic, int ttl)
    {
        var lease = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var command = new PlaceLease(Edge, lease, 1, toxic, ttl);
        (await agent.PutAsJsonAsync($"/leases/{lease}", command, Json.Options)).EnsureSuccessStatusCode();
        return lease;
    }

    private static Dictionary<string, long> Of(string name, long value) => new() { [name] = value };
}
