using System.Globalization;
using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;

namespace Steady.Experiments.Safety;

/// <summary>What the samples of the probe say about going on: pure.</summary>
public static class Watching
{
    /// <summary>The sentence of the first breached criterion; null when none is.</summary>
    public static string? Breach(IEnumerable<AbortCriterion> criteria, Func<TimeSpan, IReadOnlyList<Sample>> during)
    {
        foreach (var criterion in criteria)
        {
            var seen = during(TimeSpan.FromSeconds(criterion.ForSeconds));
            var failed = seen.Count(sample => sample.Failed);
            if (failed > criterion.FailingAbove * seen.Count)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Abort criterion: {failed} of {seen.Count} requests failed within {criterion.ForSeconds} s, more than {criterion.FailingAbove:P0}."
                );
        }

        return null;
    }

    /// <summary>
    /// Whether the probe has gone silent: nothing new for two periods, a period being the longest that a working probe
    /// may take to its next sample. Unknown is never fine.
    /// </summary>
    public static bool IsBlind(HttpProbe probe, TimeSpan last, TimeSpan now) =>
        now - last > 2 * TimeSpan.FromMilliseconds(probe.EveryMs + probe.TimeoutMs);

    /// <summary>Requests in a row that show the steady state to be back: five, or what the time allows a slow probe.</summary>
    public static int Needed(HttpProbe probe, int recoveryWithinSeconds) =>
        Math.Clamp(recoveryWithinSeconds * 1000 / probe.EveryMs / 2, 1, 5);

    /// <summary>The end of the first request of the first good row; null while there is none.</summary>
    public static TimeSpan? Back(IEnumerable<Sample> samples, int needed)
    {
        TimeSpan? first = null;
        var row = 0;
        foreach (var sample in samples.OrderBy(sample => sample.Ended))
        {
            row = sample.Good ? row + 1 : 0;
            if (row == 1)
                first = sample.Ended;
            if (row == needed)
                return first;
        }

        return null;
    }
}
