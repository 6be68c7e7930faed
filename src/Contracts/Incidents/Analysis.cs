using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Why an entry stands after the one before it.</summary>
public enum OrderBasis
{
    /// <summary>It is the first.</summary>
    First,

    /// <summary>The one before it caused it.</summary>
    Cause,

    /// <summary>One source told both, and in this order.</summary>
    Sequence,

    /// <summary>It surely happened later.</summary>
    Time,

    /// <summary>Nobody knows which was first: they stand in the order in which they were recorded.</summary>
    Recorded,
}

/// <summary>An entry at its place in the story.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Basis">Why it stands after the one before.</param>
/// <param name="OrderUnknown">Whether it may as well have happened before the one before.</param>
/// <param name="AgainstClock">Whether it stands after its cause although the clocks say otherwise: a contradiction tells more.</param>
public sealed record OrderedEntry(TimelineEntry Entry, OrderBasis Basis, bool OrderUnknown, bool AgainstClock);

/// <summary>How late a source tells, at best: delay and wrong clocks together, which cannot be told apart from one side.</summary>
/// <param name="Source">The source.</param>
/// <param name="Entries">From how many entries.</param>
/// <param name="LowestSeconds">The least time between what happened and its being recorded; negative when its clock is ahead.</param>
/// <param name="WidenedSeconds">By how much its moments are held to be uncertain because of it; nothing is ever moved.</param>
public sealed record SourceLag(string Source, int Entries, decimal LowestSeconds, decimal WidenedSeconds);

/// <summary>The story in the only order that is known.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Lags">How late each source tells.</param>
/// <param name="KnownAt">As it was known then; null for now.</param>
/// <param name="Whole">False when there are more entries than are looked at.</param>
public sealed record TimelineOrder(
    IReadOnlyList<OrderedEntry> Items,
    IReadOnlyList<SourceLag> Lags,
    DateTimeOffset? KnownAt,
    bool Whole
);

/// <summary>What cannot be so.</summary>
public enum ContradictionKind
{
    /// <summary>Something surely happened before its cause.</summary>
    EffectBeforeCause,

    /// <summary>Two accounts date the same fact differently.</summary>
    DifferentTimes,

    /// <summary>Two accounts say that different people did the same thing.</summary>
    DifferentPeople,

    /// <summary>Something happened in a state that forbids it: mitigated before anybody noticed.</summary>
    ForbiddenState,

    /// <summary>Things that caused each other.</summary>
    CausalCycle,

    /// <summary>What was promised for a moment had not come by then.</summary>
    MissedForecast,

    /// <summary>What was needed to tell others depended on what had failed.</summary>
    SharedFault,
}

/// <summary>What one side of a contradiction says.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Person">Who did it, as far as it says so.</param>
/// <param name="From">When it happened at the earliest.</param>
/// <param name="To">When it happened at the latest.</param>
/// <param name="Text">In its words.</param>
public sealed record Claim(
    Guid Entry,
    string Source,
    string? Person,
    DateTimeOffset From,
    DateTimeOffset To,
    string Text
);

/// <summary>What somebody made of a contradiction.</summary>
public enum RulingVerdict
{
    /// <summary>One entry holds; the others are wrong.</summary>
    OneHolds,

    /// <summary>All of it is true: they tell of different things.</summary>
    AllHold,

    /// <summary>None of it is true.</summary>
    NoneHolds,

    /// <summary>It cannot be found out.</summary>
    Unclear,
}

/// <summary>Rules on a contradiction. Nothing is moved by it; saying it again is a new ruling.</summary>
/// <param name="Verdict">What is held to be true.</param>
/// <param name="Reason">How that is known. 1 to 1,000 characters.</param>
/// <param name="Holds">The entry that holds; only with <see cref="RulingVerdict.OneHolds"/>.</param>
public sealed record RuleOnContradiction(
    [property: JsonRequired] RulingVerdict Verdict,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    Guid? Holds = null
);

/// <summary>A ruling.</summary>
/// <param name="Verdict">What is held to be true.</param>
/// <param name="Holds">The entry that holds.</param>
/// <param name="Reason">How that is known.</param>
/// <param name="By">Who ruled.</param>
/// <param name="At">When.</param>
public sealed record RulingView(RulingVerdict Verdict, Guid? Holds, string Reason, string By, DateTimeOffset At);

/// <summary>Something that cannot be so.</summary>
/// <param name="Id">The same as long as the same entries contradict each other.</param>
/// <param name="Kind">Of what sort.</param>
/// <param name="Explanation">In words.</param>
/// <param name="Claims">What each entry says.</param>
/// <param name="Likeness">How surely they tell of the same fact, 0 to 1; 1 where they name it.</param>
/// <param name="Ruling">What was last made of it; null while nobody has ruled.</param>
/// <param name="EarlierRulings">What was made of it before, oldest first.</param>
public sealed record ContradictionView(
    Guid Id,
    ContradictionKind Kind,
    string Explanation,
    IReadOnlyList<Claim> Claims,
    decimal Likeness,
    RulingView? Ruling = null,
    IReadOnlyList<RulingView>? EarlierRulings = null
);

/// <summary>The contradictions of an incident's timeline.</summary>
/// <param name="Items">In the order of the story.</param>
/// <param name="KnownAt">As it was known then; null for now.</param>
/// <param name="Whole">False when there are more entries than are looked at.</param>
public sealed record ContradictionList(IReadOnlyList<ContradictionView> Items, DateTimeOffset? KnownAt, bool Whole);
