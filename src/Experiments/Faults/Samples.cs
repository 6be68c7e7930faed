namespace Steady.Experiments.Faults;

/// <summary>One request of the probe, in time since the probe began.</summary>
/// <param name="Started">When it was sent.</param>
/// <param name="Ended">When it was answered, or given up.</param>
/// <param name="Good">Expected status, in time.</param>
/// <param name="Failed">Wrong status, no answer, or longer than the probe waits. A slow answer is bad, but has not failed.</param>
public readonly record struct Sample(TimeSpan Started, TimeSpan Ended, bool Good, bool Failed);

/// <summary>What the probe has seen so far. Samples are data: only their tallies become part of events.</summary>
public sealed class Samples(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private readonly List<Sample> ended = [];
    private readonly List<TimeSpan> waiting = [];
    private readonly long origin = clock.GetTimestamp();
    private TimeSpan last;

    public TimeSpan Now => clock.GetElapsedTime(origin);

    /// <summary>When the newest sample was complete.</summary>
    public TimeSpan Last
    {
        get
        {
            lock (gate)
                return last;
        }
    }

    public TimeSpan Begin()
    {
        var now = Now;
        lock (gate)
            waiting.Add(now);
        return now;
    }

    public void End(TimeSpan started, bool good, bool failed)
    {
        var now = Now;
        lock (gate)
        {
            waiting.Remove(started);
            ended.Add(new Sample(started, now, good, failed));
            last = now;
        }
    }

    public void Abandon(TimeSpan started)
    {
        lock (gate)
            waiting.Remove(started);
    }

    /// <summary>What was sent from then on and is complete, with what has been out for too long to become good any more.</summary>
    public IReadOnlyList<Sample> Since(TimeSpan from, TimeSpan within)
    {
        var now = Now;
        lock (gate)
            return
            [
                .. ended.Where(sample => sample.Started >= from),
                .. waiting
                    .Where(started => started >= from && now - started > within)
                    .Select(started => new Sample(started, now, false, false)),
            ];
    }

    /// <summary>What was complete in the last while, whenever it was sent.</summary>
    public IReadOnlyList<Sample> During(TimeSpan window)
    {
        var from = Now - window;
        lock (gate)
            return [.. ended.Where(sample => sample.Ended >= from)];
    }

    /// <summary>Drops what no criterion looks back on.</summary>
    public void Forget()
    {
        var before = Now - Remembered;
        lock (gate)
            ended.RemoveAll(sample => sample.Ended < before);
    }
}
