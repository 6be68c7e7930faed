using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>How it is known that one thing led to another.</summary>
public enum CausalKind
{
    /// <summary>The entry names its cause.</summary>
    Stated,

    /// <summary>A person says so.</summary>
    Person,

    /// <summary>Both are of one trace, which the cause began.</summary>
    Trace,

    /// <summary>Both are of one piece of work (correlation id).</summary>
    Correlation,

    /// <summary>Both are about the same alert, run or decision.</summary>
    Subject,

    /// <summary>The incident was declared because of this alert.</summary>
    Declared,

    /// <summary>Something was changed, and soon after what depends on it showed a sign.</summary>
    Change,

    /// <summary>A fault was in place within whose blast radius a sign was seen.</summary>
    Experiment,
}

/// <summary>One thing led to another.</summary>
/// <param name="Cause">The entry that came first.</param>
/// <param name="Effect">The entry that followed from it.</param>
/// <param name="Kind">How that is known.</param>
/// <param name="Strength">How sure it is, 0 to 1.</param>
/// <param name="Why">In words.</param>
public sealed record CausalEdge(Guid Cause, Guid Effect, CausalKind Kind, decimal Strength, string Why);

/// <summary>An entry that was reached.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Depth">How many steps it is away.</param>
public sealed record CausalNode(TimelineEntry Entry, int Depth);

/// <summary>What led to an entry, or what followed from it.</summary>
/// <param name="Entry">The entry that was asked about.</param>
/// <param name="Depth">How many steps were taken.</param>
/// <param name="Nodes">What was reached, nearest first.</param>
/// <param name="Edges">How.</param>
/// <param name="Whole">False when more was to be reached than is answered: the nearest stand.</param>
public sealed record CausalAnswer(
    Guid Entry,
    int Depth,
    IReadOnlyList<CausalNode> Nodes,
    IReadOnlyList<CausalEdge> Edges,
    bool Whole
);

/// <summary>How one entry led to another.</summary>
/// <param name="From">The one that was asked about.</param>
/// <param name="To">The other one.</param>
/// <param name="Direction">What the first is to the second; null when nothing connects them.</param>
/// <param name="Entries">The entries on the way, from cause to effect.</param>
/// <param name="Edges">The steps; of all ways the surest.</param>
/// <param name="Strength">How sure the whole way is: the product of its steps.</param>
public sealed record CausalPath(
    Guid From,
    Guid To,
    CausalDirection? Direction,
    IReadOnlyList<TimelineEntry> Entries,
    IReadOnlyList<CausalEdge> Edges,
    decimal Strength
);

/// <summary>What one entry is to another.</summary>
public enum CausalDirection
{
    /// <summary>It led to it.</summary>
    Cause,

    /// <summary>It followed from it.</summary>
    Effect,
}

/// <summary>Says that something led to an entry.</summary>
/// <param name="Cause">The entry that led to it.</param>
/// <param name="Why">How that is known. 1 to 1,000 characters.</param>
/// <param name="Confidence">How sure that is; likely when absent.</param>
public sealed record StateCause(
    Guid Cause,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Why,
    EntryConfidence Confidence = EntryConfidence.Medium
);

/// <summary>Takes back that something led to an entry.</summary>
/// <param name="Cause">The entry that did not lead to it.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record WithdrawCause(
    Guid Cause,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);
