using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>One change of one lane, at its place. It carries no words: those are read when it is told.</summary>
public sealed record Frame(
    DateTimeOffset At,
    ReplayLane Lane,
    long Sequence,
    Guid Entry,
    int Version,
    ReplayChange Change
)
{
    /// <summary>By moment; at the same moment what was known first, then in the order of the store.</summary>
    public static IComparer<Frame> Order { get; } =
        Comparer<Frame>.Create(
            (one, other) =>
                (one.At, one.Lane, one.Sequence, one.Entry, one.Version, one.Change).CompareTo(
                    (other.At, other.Lane, other.Sequence, other.Entry, other.Version, other.Change)
                )
        );
}

/// <summary>How many entries there are at a moment of a replay.</summary>
public sealed record Tally(int Known, int Happened, int Unknown);

/// <summary>The course of a replay: what comes into each lane, and when. Pure.</summary>
public static class Frames
{
    /// <param name="versions">Every version of what is replayed.</param>
    /// <param name="knownAt">What was recorded later has no part in it.</param>
    public static IReadOnlyList<Frame> Of(IEnumerable<TimelineEntry> versions, DateTimeOffset knownAt) =>
        [
            .. versions
                .Where(one => one.RecordedAt <= knownAt)
                .DistinctBy(one => (one.Id, one.EntryVersion))
                .GroupBy(one => one.Id)
                .SelectMany(one => Of([.. one.OrderBy(version => version.EntryVersion)], knownAt))
                .Order(Replay.Frame.Order),
        ];

    /// <summary>What stands in a lane once these have been told, each entry with its version.</summary>
    public static IReadOnlyDictionary<Guid, int> Standing(IEnumerable<Frame> frames, ReplayLane lane)
    {
        var standing = new Dictionary<Guid, int>();
        foreach (var frame in frames.Where(one => one.Lane == lane))
        {
            if (frame.Change == ReplayChange.Vanishes)
                standing.Remove(frame.Entry);
            else
                standing[frame.Entry] = frame.Version;
        }

        return standing;
    }

    /// <summary>How many entries of all these are known at a moment, have happened by then, and have without being known.</summary>
    public static Tally At(IReadOnlyList<Frame> frames, DateTimeOffset moment)
    {
        var told = frames.TakeWhile(one => one.At <= moment).ToList();
        var known = Standing(told, ReplayLane.Fog);
        var heard = told.Where(one => one.Lane == ReplayLane.Fog).Select(one => one.Entry).ToHashSet();
        var happened = Standing(told, ReplayLane.Hindsight);
        return new Tally(known.Count, happened.Count, happened.Keys.Count(one => !heard.Contains(one)));
    }

    private static IEnumerable<Frame> Of(IReadOnlyList<TimelineEntry> versions, DateTimeOffset knownAt)
    {
        DateTimeOffset? stoodUntil = null;
        foreach (var one in versions)
        {
            var follows = stoodUntil == one.RecordedAt;
            if (stoodUntil is { } until && !follows)
                yield return Vanishing(versions, one, until);
            yield return Frame(
                one,
                one.RecordedAt,
                ReplayLane.Fog,
                follows ? ReplayChange.Replaces : ReplayChange.Appears
            );
            stoodUntil = one.KnownUntil <= knownAt ? one.KnownUntil : null;
            if (stoodUntil is null)
                yield return Frame(one, one.OccurredAt, ReplayLane.Hindsight, ReplayChange.Appears);
        }

        if (stoodUntil is { } end)
            yield return Frame(versions[^1], end, ReplayLane.Fog, ReplayChange.Vanishes);
    }

    // What came in its place is not among what is replayed; the version before is what goes.
    private static Frame Vanishing(IReadOnlyList<TimelineEntry> versions, TimelineEntry next, DateTimeOffset at) =>
        Frame(versions.Last(one => one.EntryVersion < next.EntryVersion), at, ReplayLane.Fog, ReplayChange.Vanishes);

    private static Frame Frame(TimelineEntry entry, DateTimeOffset at, ReplayLane lane, ReplayChange change) =>
        new(at, lane, entry.Sequence, entry.Id, entry.EntryVersion, change);
}
