using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>A replay as it runs: its steps in their time, each with the id after which it is resumed.</summary>
/// <param name="all">Every frame of both lanes, for counting.</param>
/// <param name="read">The words of entries as they may be read now, by entry and version.</param>
public sealed class Playing(IReadOnlyList<Frame> all, Playing.Words read, TimeProvider clock)
{
    public delegate Task<IReadOnlyDictionary<(Guid Entry, int Version), TimelineEntry>> Words(
        IReadOnlyList<Frame> frames,
        CancellationToken stop
    );

    public async IAsyncEnumerable<SseItem<object>> Of(
        IReadOnlyList<Frame> frames,
        Pacing pacing,
        ReplayHello hello,
        ReplayMark mark,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var began = clock.GetTimestamp();
        yield return Item("hello", hello, mark);
        foreach (var step in Schedule.Of(frames, pacing))
        {
            if (step.After - clock.GetElapsedTime(began) is { Ticks: > 0 } left)
                await Task.Delay(left, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                yield break;
            if (step is Tell tell)
            {
                var words = await read(tell.Frames, stop);
                // Something may no longer be seen: whoever comes back is told of a replay without it.
                if (!tell.Frames.All(one => words.ContainsKey((one.Entry, one.Version))))
                    yield break;
                foreach (var frame in tell.Frames)
                    yield return Item("entry", Shown(frame, words), mark = mark.After(frame));
                continue;
            }

            yield return step switch
            {
                Leap leap => Item("skip", new ReplaySkip(leap.From, leap.To), mark = mark.After(leap.To)),
                Tick tick => Item("clock", Clock(tick.At), mark = mark.After(tick.At)),
                Over over => Item("end", Clock(over.At), mark = mark.After(over.At)),
                _ => throw new ArgumentOutOfRangeException(nameof(frames)),
            };
        }
    }

    private ReplayClock Clock(DateTimeOffset at)
    {
        var (known, happened, unknown) = Frames.At(all, at);
        return new ReplayClock(at, known, happened, unknown);
    }

    private static ReplayFrame Shown(
        Frame frame,
        IReadOnlyDictionary<(Guid Entry, int Version), TimelineEntry> words
    ) =>
        new(
            frame.At,
            frame.Lane,
            frame.Change,
            frame.Entry,
            frame.Version,
            frame.Change == ReplayChange.Vanishes ? null : words[(frame.Entry, frame.Version)]
        );

    private static SseItem<object> Item(string type, object data, ReplayMark mark) =>
        new(data, type) { EventId = mark.Print() };
}
