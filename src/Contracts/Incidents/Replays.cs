using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Through whose eyes a replay is seen.</summary>
public enum ReplayLane
{
    /// <summary>What was known at each moment: an entry comes when it was recorded.</summary>
    Fog,

    /// <summary>What was so at each moment, as it is known now: an entry comes when it happened.</summary>
    Hindsight,
}

/// <summary>What a frame does to its lane.</summary>
public enum ReplayChange
{
    /// <summary>An entry comes.</summary>
    Appears,

    /// <summary>A later version takes the place of the one that stood.</summary>
    Replaces,

    /// <summary>It was taken back, or is no longer what was asked for.</summary>
    Vanishes,
}

/// <summary>One change of one lane.</summary>
/// <param name="At">When, by the clock of the replay.</param>
/// <param name="Lane">In which lane.</param>
/// <param name="Change">What becomes of the entry.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="EntryVersion">Its version.</param>
/// <param name="Entry">As it reads now; null where it vanishes, and where it may no longer be seen.</param>
public sealed record ReplayFrame(
    DateTimeOffset At,
    ReplayLane Lane,
    ReplayChange Change,
    Guid EntryId,
    int EntryVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimelineEntry? Entry
);

/// <summary>What is going to be replayed; the first event of a stream.</summary>
/// <param name="Query">What is shown, in its canonical spelling.</param>
/// <param name="From">Where the clock begins; where it goes on, when the replay is resumed.</param>
/// <param name="To">Where it ends.</param>
/// <param name="KnownThrough">What was recorded later has no part in it, however often it is resumed.</param>
/// <param name="Speed">Seconds of the story in a second.</param>
/// <param name="Frames">How many there are to come.</param>
public sealed record ReplayHello(
    string Query,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset KnownThrough,
    int Speed,
    int Frames
);

/// <summary>The clock of a replay, each second in which nothing else is told.</summary>
/// <param name="At">What time it is in the story.</param>
/// <param name="Known">Entries that were known then.</param>
/// <param name="Happened">Entries that had happened by then, as it is known now.</param>
/// <param name="Unknown">Those that had happened and that nobody had recorded yet.</param>
public sealed record ReplayClock(DateTimeOffset At, int Known, int Happened, int Unknown);

/// <summary>A stretch in which nothing happens and nothing is learned was passed over.</summary>
/// <param name="From">Where it began.</param>
/// <param name="To">Where the clock goes on.</param>
public sealed record ReplaySkip(DateTimeOffset From, DateTimeOffset To);
