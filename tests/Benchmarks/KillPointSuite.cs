using System.Collections.Concurrent;
using System.Globalization;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// Whatever is killed, and whenever: is any fault left, and how long after the kill was the last one felt? Asked of the
/// data path, not of anybody's books. <c>STEADY_KILL_POINTS</c> says how many, <c>STEADY_KILL_GROUNDS</c> on how many grounds
/// at once, <c>STEADY_SEED</c> where the seeds begin.
/// </summary>
public static class KillPointSuite
{
    public static async Task Run(Report report)
    {
        var (points, first) = (Number("STEADY_KILL_POINTS", 200), Number("STEADY_SEED", 1));
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(first, points));
        var played = new ConcurrentBag<KillPoint>();
        await Task.WhenAll(Enumerable.Range(0, Number("STEADY_KILL_GROUNDS", 2)).Select(_ => PlayAll(seeds, played)));
        var left = played.Where(point => point.Left).ToList();
        report.Line(
            $"Kill points: {played.Count} (seeds {first} to {first + points - 1}), with a fault in place at {played.Count(point => point.InPlace)} of them; faults left: {left.Count} (bar 0)"
        );
        foreach (var point in left)
            report.Line(
                $"LEFT: seed {point.Seed}, {point.Victim}, gone {point.GoneMs.ToString("F0", CultureInfo.InvariantCulture)} ms after the kill"
            );
        foreach (var victim in Enum.GetValues<Mortal>())
            if (played.Where(point => point.Victim == victim && point.InPlace).ToList() is { Count: > 0 } felt)
                report.Percentiles(
                    $"{victim} killed → last held reply through (bar max ≤ {(KillGround.TtlSeconds + 1) * 1000}, its lease and a second)",
                    felt.Select(point => point.GoneMs)
                );
    }

    // A kill point is mostly waiting, so two grounds at once take half the time and leave the machine as quiet.
    private static async Task PlayAll(ConcurrentQueue<int> seeds, ConcurrentBag<KillPoint> played)
    {
        await using var ground = await KillGround.Start(CancellationToken.None);
        var experiment = await ground.Frozen(KillPoints.Design.Through(ground.Path1), CancellationToken.None);
        while (seeds.TryDequeue(out var seed))
        {
            var victim = (Mortal)(seed % Enum.GetValues<Mortal>().Length);
            var point = await KillPoints.Play(ground, experiment, seed, victim, CancellationToken.None);
            played.Add(point);
            await Console.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {point.Seed}: {point.Victim} after {point.AfterMs:F0} ms, {(point.InPlace ? $"gone {point.GoneMs:F0} ms after it" : "no fault in place")}{(point.Left ? ", LEFT" : "")}"
                )
            );
        }
    }

    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
