using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>What is told, and how long after the replay began.</summary>
public abstract record Step(TimeSpan After);

/// <summary>Frames that are due.</summary>
public sealed record Tell(TimeSpan After, IReadOnlyList<Frame> Frames) : Step(After);

/// <summary>What time it is in the story.</summary>
public sealed record Tick(TimeSpan After, DateTimeOffset At) : Step(After);

/// <summary>A stretch that is passed over.</summary>
public sealed record Leap(TimeSpan After, DateTimeOffset From, DateTimeOffset To) : Step(After);

/// <summary>It is over.</summary>
public sealed record Over(TimeSpan After, DateTimeOffset At) : Step(After);

/// <summary>How somebody wishes to watch.</summary>
/// <param name="From">Where the clock begins; with the first frame when absent.</param>
/// <param name="To">Where it ends; with the last frame when absent.</param>
/// <param name="Speed">Seconds of the story in a second.</param>
/// <param name="SkipsIdle">Whether stretches in which nothing changes are passed over.</param>
public sealed record Watching(DateTimeOffset? From, DateTimeOffset? To, int Speed, bool SkipsIdle);

/// <summary>The same with its moments known.</summary>
public sealed record Pacing(DateTimeOffset From, DateTimeOffset To, int Speed, bool SkipsIdle);

/// <summary>What is still to be told of a replay, and how.</summary>
/// <param name="IsOver">There is nothing left, not even the end.</param>
public sealed record Course(IReadOnlyList<Frame> Frames, Pacing Pacing, bool IsOver)
{
    /// <summary>Null when it would end before it begins.</summary>
    public static Course? Of(
        IReadOnlyList<Frame> all,
        IReadOnlySet<ReplayLane> lanes,
        Watching wish,
        ReplayMark? mark,
        DateTimeOffset empty
    )
    {
        var shown = all.Where(one => lanes.Contains(one.Lane)).ToList();
        var from = (wish.From ?? shown.FirstOrDefault()?.At ?? wish.To ?? empty).ToUniversalTime();
        var to = (wish.To ?? shown.LastOrDefault()?.At ?? from).ToUniversalTime();
        if (to < from)
            return wish.To is null ? new Course([], new Pacing(from, from, wish.Speed, wish.SkipsIdle), false) : null;
        var left = shown.Where(one => one.At <= to && mark?.IsBefore(one) is not false).ToList();
        var now = mark is not null && mark.At > from ? mark.At : from;
        return new Course(
            left,
            new Pacing(now, to, wish.Speed, wish.SkipsIdle),
            mark is { Last: null } && mark.At >= to
        );
    }
}

/// <summary>When each part of a replay is told. Pure.</summary>
public static class Schedule
{
    public const int Slowest = 1;
    public const int Fastest = 3600;

    /// <summary>So often the clock is told while nothing else is.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Who skips what is idle waits no longer than this for anything.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // What comes within a blink is told together, with the last of it: never early.
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(50);
    private const int MostAtOnce = 200;

    /// <param name="frames">What is still to be told, in order. What lies before the beginning is told at once.</param>
    /// <param name="pacing">How it is watched.</param>
    public static IEnumerable<Step> Of(IReadOnlyList<Frame> frames, Pacing pacing)
    {
        var (after, story) = (TimeSpan.Zero, pacing.From);
        var told = 0;
        foreach (var part in Parts(frames, told, story))
            yield return new Tell(after, part);
        told = Count(frames, told, story);
        yield return new Tick(after, story);
        var last = LastOf(frames, pacing.To);
        while (told < last || story < pacing.To)
        {
            var next = told < last ? frames[told].At : pacing.To;
            if (pacing.SkipsIdle && Watched(next - story, pacing) > Longest)
            {
                var to = next - Told(Beat, pacing);
                after += Beat;
                yield return new Leap(after, story, to);
                story = to;
            }
            else if (Watched(next - story, pacing) > Beat)
            {
                (after, story) = (after + Beat, story + Told(Beat, pacing));
                yield return new Tick(after, story);
            }
            else if (told < last)
            {
                var until = Count(frames, told, Earliest(story + Told(Blink, pacing), pacing.To, next));
                (after, story) = (after + Watched(frames[until - 1].At - story, pacing), frames[until - 1].At);
                foreach (var part in Parts(frames, told, story))
                    yield return new Tell(after, part);
                told = until;
            }
            else
                (after, story) = (after + Watched(next - story, pacing), next);
        }

        yield return new Over(after, story);
    }

    // As far as a blink reaches, and at least to what is next.
    private static DateTimeOffset Earliest(DateTimeOffset blink, DateTimeOffset end, DateTimeOffset next)
    {
        var until = blink < end ? blink : end;
        return until < next ? next : until;
    }

    private static IEnumerable<IReadOnlyList<Frame>> Parts(
        IReadOnlyList<Frame> frames,
        int from,
        DateTimeOffset until
    ) => frames.Skip(from).TakeWhile(one => one.At <= until).Chunk(MostAtOnce);

    private static int Count(IReadOnlyList<Frame> frames, int from, DateTimeOffset until)
    {
        while (from < frames.Count && frames[from].At <= until)
            from++;
        return from;
    }

    private static int LastOf(IReadOnlyList<Frame> frames, DateTimeOffset end) => Count(frames, 0, end);

    // Rounded up: nothing is told before its time.
    private static TimeSpan Watched(TimeSpan story, Pacing pacing) =>
        TimeSpan.FromTicks((story.Ticks + pacing.Speed - 1) / pacing.Speed);

    private static TimeSpan Told(TimeSpan watched, Pacing pacing) => watched * pacing.Speed;
}
