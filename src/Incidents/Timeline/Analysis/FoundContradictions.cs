using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What cannot be so in a timeline, before anybody's rulings.</summary>
/// <param name="Items">The contradictions, the earliest first.</param>
/// <param name="Whole">False when the timeline has more entries than are looked at.</param>
/// <param name="NextDue">When the next promise is broken unless something is written; null for never.</param>
public sealed record FoundContradictions(IReadOnlyList<ContradictionView> Items, bool Whole, DateTimeOffset? NextDue);
