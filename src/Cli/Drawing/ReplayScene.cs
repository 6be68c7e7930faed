using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>What stands on the stage of a replay: it takes one event after the other. Pure.</summary>
public sealed class ReplayScene
{
    private readonly Dictionary<Guid, ReplayFrame> fog = [];
    private readonly Dictionary<Guid, ReplayFrame> hindsight = [];
    private readonly HashSet<Guid> heard = [];
    private readonly Dictionary<Guid, TimelineEntry> all = [];
    private int told;
    private int whole;

    public ReplayHello? Hello { get; private set; }

    public DateTimeOffset Clock { get; private set; }

    /// <summary>A stretch that was just passed over; null after anything else.</summary>
    public ReplaySkip? Skipped { get; private set; }

    public ReplayClock? Tally { get; private set; }

    /// <summary>Of all that is told, how much has been: 0 to 1. Time would stand still in a busy hour and leap over a quiet week.</summary>
    public double Share => whole == 0 ? 1 : (double)told / whole;

    public bool IsOver { get; private set; }

    public string? Last { get; private set; }

    /// <summary>What is known, newest first.</summary>
    public IEnumerable<ReplayFrame> Fog => fog.Values.OrderByDescending(one => one.At);

    /// <summary>What is so, newest first.</summary>
    public IEnumerable<ReplayFrame> Hindsight => hindsight.Values.OrderByDescending(one => one.At);

    public int Unknown => hindsight.Keys.Count(one => !heard.Contains(one));

    /// <summary>All that was so, for looking back on it.</summary>
    public IReadOnlyCollection<TimelineEntry> All => all.Values;

    public bool IsKnown(ReplayFrame frame) => heard.Contains(frame.EntryId);

    public void Take(ReplayItem item)
    {
        (Last, Skipped) = (item.Id, null);
        switch (item.Data)
        {
            // Told again when it is resumed: the end of it is what counts.
            case ReplayHello hello:
                (Hello, Clock) = (Hello is null ? hello : hello with { From = Hello.From }, hello.From);
                whole = told + hello.Frames;
                break;
            case ReplayFrame frame:
                Take(frame);
                break;
            case ReplaySkip skip:
                (Clock, Skipped) = (skip.To, skip);
                break;
            case ReplayClock clock:
                (Clock, Tally, IsOver) = (clock.At, clock, item.IsEnd);
                break;
        }
    }

    private void Take(ReplayFrame frame)
    {
        told++;
        // What was there before the beginning moves no clock.
        if (frame.At > Clock)
            Clock = frame.At;
        var lane = frame.Lane == ReplayLane.Fog ? fog : hindsight;
        if (frame.Lane == ReplayLane.Fog)
            heard.Add(frame.EntryId);
        if (frame.Change == ReplayChange.Vanishes)
            lane.Remove(frame.EntryId);
        else
            lane[frame.EntryId] = frame;
        if (frame is { Lane: ReplayLane.Hindsight, Entry: { } entry })
            all[frame.EntryId] = entry;
    }
}
