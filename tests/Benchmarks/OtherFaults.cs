using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Polly;
using Steady.Chaos;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.FaultAgent.Injectors;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// How long a process stays paused after its agent was killed (bar: 1 s), how much data passes the proxy (bar: 1 GB/s) beside
/// a plain connection, and what a call costs more where no lease is live (bar: 1 µs, no allocation).
/// </summary>
public static class OtherFaults
{
    private const int Kills = 20;
    private const int Calls = 2_000_000;
    private const long Bytes = 4L * 1024 * 1024 * 1024;

    public static async Task Run(Report report)
    {
        report.Percentiles("Agent killed → paused process goes on (bar ≤ 1000)", await Guarded());
        await Throughput(report);
        Disabled(report);
    }

    private static async Task<List<double>> Guarded()
    {
        var samples = new List<double>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = Process.Start(new ProcessStartInfo("sleep", "600"))!;
            var paused = ProcessIdentity.Of(victim.Id)!;
            var folder = Directory.CreateTempSubdirectory("steady-").FullName;
            using var agent = Agent(folder, victim.Id, out var address);
            await Pause(address);
            while (!paused.IsStopped)
                await Task.Yield();
            agent.Kill();
            var killed = Stopwatch.GetTimestamp();
            while (paused.IsStopped)
                await Task.Yield();
            samples.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            victim.Kill();
            Directory.Delete(folder, recursive: true);
        }

        return samples;
    }

    private static Process Agent(string folder, int victim, out Uri address)
    {
        var pid = Path.Combine(folder, "pid");
        File.WriteAllText(pid, victim.ToString(CultureInfo.InvariantCulture));
        address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(EdgesWorker).Assembly.Location);
        var settings = new Dictionary<string, string>
        {
            ["urls"] = $"{address}",
            ["Auth:PublicKey"] = TestTokens.PublicKey,
            ["Journal:Path"] = Path.Combine(folder, "journal.jsonl"),
            ["Leases:Open"] = "true",
            ["Logging:LogLevel:Default"] = "None",
            ["Denied:Addresses:0"] = "127.0.0.1:1",
            ["Targets:0:Name"] = "victim",
            ["Targets:0:Injector"] = "process",
            ["Targets:0:PidFile"] = pid,
        };
        foreach (var (name, value) in settings)
            start.ArgumentList.Add($"--{name}={value}");
        return Process.Start(start)!;
    }

    private static async Task Pause(Uri agent)
    {
        using var http = new HttpClient { BaseAddress = agent };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            TestTokens.With("experiments:operate")
        );
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await http.GetAsync("/health")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "The agent came up"
        );
        var lease = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var command = new PlaceLease("victim", lease, 1, new FaultSpec("pause"), 60, 60, "process");
        (await http.PutAsJsonAsync($"/leases/{lease}", command, Json.Options)).EnsureSuccessStatusCode();
    }

    private static async Task Throughput(Report report)
    {
        using var sink = new Socket(SocketType.Stream, ProtocolType.Tcp);
        sink.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        sink.Listen();
        var folder = Directory.CreateTempSubdirectory("steady-").FullName;
        await using var agent = await Harness.Start(
            typeof(EdgesWorker).Assembly,
            new Dictionary<string, string>
            {
                ["Journal:Path"] = Path.Combine(folder, "journal.jsonl"),
                ["Leases:Open"] = "true",
                ["Logging:LogLevel:Default"] = "None",
                ["Proxies:0:Name"] = "edge",
                ["Proxies:0:Listen"] = "127.0.0.1:0",
                ["Proxies:0:Upstream"] = $"{sink.LocalEndPoint}",
            }
        );
        var edge = await agent.Admin.GetFromJsonAsync<System.Text.Json.JsonElement>("/proxies/edge");
        var through = IPEndPoint.Parse(edge.GetProperty("listen").GetString()!);
        var direct = await Rate(sink, (IPEndPoint)sink.LocalEndPoint!);
        var proxied = await Rate(sink, through);
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"One connection without toxics, 4 GiB: {direct:F2} GB/s direct, {proxied:F2} GB/s through the proxy (bar ≥ 1), ratio {proxied / direct:F2}"
            )
        );
        Directory.Delete(folder, recursive: true);
    }

    // Sender, proxy and receiver share the machine.
    private static async Task<double> Rate(Socket sink, IPEndPoint to)
    {
        using var sender = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await sender.ConnectAsync(to);
        using var receiver = await sink.AcceptAsync();
        var begun = Stopwatch.GetTimestamp();
        var sending = Task.Run(async () =>
        {
            var piece = new byte[256 * 1024];
            for (var sent = 0L; sent < Bytes; sent += piece.Length)
                await sender.SendAsync(piece);
        });
        var buffer = new byte[256 * 1024];
        for (var received = 0L; received < Bytes; )
            received += await receiver.ReceiveAsync(buffer);
        var took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await sending;
        return Bytes / took / 1e9;
    }

    private static void Disabled(Report report)
    {
        var plain = new ResiliencePipelineBuilder().Build();
        var chaotic = new ResiliencePipelineBuilder().AddSteadyChaos(new ChaosLeases(TimeProvider.System)).Build();
        (double Nanos, long Bytes) without = default,
            with = default;
        // Twice: the first round compiles.
        for (var round = 0; round < 2; round++)
            (without, with) = (Cost(plain), Cost(chaotic));
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A call without a live lease: {without.Nanos:F0} ns in an empty pipeline, {with.Nanos:F0} ns with Steady.Chaos, {(with.Nanos - without.Nanos) / 1000:F2} µs more (bar ≤ 1), {with.Bytes - without.Bytes} bytes more in {Calls:N0} calls (bar 0)"
            )
        );
    }

    private static (double Nanos, long Bytes) Cost(ResiliencePipeline pipeline)
    {
        var nothing = () => { };
        pipeline.Execute(nothing);
        var (bytes, begun) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Calls; i++)
            pipeline.Execute(nothing);
        var took = Stopwatch.GetElapsedTime(begun).TotalNanoseconds;
        return (took / Calls, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
