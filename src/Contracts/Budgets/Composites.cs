using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Budgets;

/// <summary>How the parts of a composite work together.</summary>
public enum CompositeKind
{
    /// <summary>One objective.</summary>
    Objective,

    /// <summary>All parts must work.</summary>
    Serial,

    /// <summary>One part that works is enough.</summary>
    Parallel,

    /// <summary>Each part counts by its weight (OpenSLO's composites).</summary>
    Weighted,
}

/// <summary>A part of a composite: an objective, or parts that work together.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Objective">Name of the objective; only for <see cref="CompositeKind.Objective"/>.</param>
/// <param name="Weight">Weight below <see cref="CompositeKind.Weighted"/>, above 0; 1 when it is not given.</param>
/// <param name="Parts">The parts; not for <see cref="CompositeKind.Objective"/>.</param>
public sealed record CompositePart(
    CompositeKind Kind,
    string? Objective = null,
    decimal? Weight = null,
    IReadOnlyList<CompositePart>? Parts = null
);

/// <summary>Defines a composite of objectives, or revises it.</summary>
/// <param name="DisplayName">Its name for people. 1 to 200 characters.</param>
/// <param name="Service">The journey or service it is about. 1 to 63 characters.</param>
/// <param name="Target">Exact decimal between 0 and 1, both excluded.</param>
/// <param name="Window">Rolling window, for example <c>28d</c>.</param>
/// <param name="Graph">How its parts work together; at most 100 parts, 8 levels deep.</param>
/// <param name="Method">
/// Occurrences: availabilities are multiplied; below a weighted root burn rates are added up by weight. Timeslices: each
/// slice is good or bad as its parts are. RatioTimeslices: the weight multiplies what a part is missing.
/// </param>
/// <param name="SliceSeconds">Length of a slice for <see cref="BudgetingMethod.Timeslices"/>: a whole multiple of 60, at most 86,400.</param>
public sealed record DefineComposite(
    [property: Required, StringLength(200, MinimumLength = 1)] string DisplayName,
    [property: Required, StringLength(63, MinimumLength = 1)] string Service,
    decimal Target,
    [property: Required, StringLength(5, MinimumLength = 2)] string Window,
    [property: Required] CompositePart Graph,
    BudgetingMethod Method = BudgetingMethod.Occurrences,
    int? SliceSeconds = null
);

/// <summary>One part of a composite as it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Objective">The objective's name, for one.</param>
/// <param name="Target">The objective's target, or the most that the parts' targets allow.</param>
/// <param name="Availability">Good ÷ all over the composite's window, rounded; null without data.</param>
/// <param name="Weight">Its weight, below weighted parts.</param>
/// <param name="Parts">Its parts.</param>
public sealed record CompositePartStatus(
    CompositeKind Kind,
    string? Objective,
    decimal Target,
    decimal? Availability,
    decimal? Weight,
    IReadOnlyList<CompositePartStatus> Parts
);

/// <summary>How a composite stands, computed from the counts of its parts: from the first moment on it has their whole history.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Service">Its service.</param>
/// <param name="Target">Its target.</param>
/// <param name="Window">Its window.</param>
/// <param name="Method">How its parts add up.</param>
/// <param name="Availability">What users get, rounded; null when a part that matters has no data.</param>
/// <param name="BurnRate">Share of the budget per window, rounded; 1 spends exactly all of it.</param>
/// <param name="Remaining">Share of the budget left, negative when overspent, rounded.</param>
/// <param name="GoodSlices">Good slices, for timeslices.</param>
/// <param name="BadSlices">Bad slices, for timeslices.</param>
/// <param name="Ceiling">What it stands on: its parts' targets.</param>
/// <param name="Graph">Its parts.</param>
/// <param name="WithoutData">Objectives without counts in the window.</param>
/// <param name="AsOf">The moment the figures are for.</param>
/// <param name="Alerts">Burn alerts that are open now.</param>
/// <param name="BurnRates">
/// By window, shortest first; of shares, good and bad are numbers out of a million. A part without events in a window is left
/// out of it. Not told in lists.
/// </param>
/// <param name="SliceSeconds">Length of its slices, for timeslices.</param>
public sealed record CompositeStatus(
    Guid Id,
    long Version,
    string Name,
    string DisplayName,
    string Service,
    decimal Target,
    string Window,
    BudgetingMethod Method,
    decimal? Availability,
    decimal? BurnRate,
    decimal? Remaining,
    long? GoodSlices,
    long? BadSlices,
    DependencyCeiling Ceiling,
    CompositePartStatus Graph,
    IReadOnlyList<string> WithoutData,
    DateTimeOffset AsOf,
    IReadOnlyList<OpenBurnAlert>? Alerts = null,
    IReadOnlyList<BurnRate>? BurnRates = null,
    int? SliceSeconds = null
);

/// <summary>A composite over time, by its definition of today: as if it had always been there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">Its target.</param>
/// <param name="Window">Its window.</param>
/// <param name="From">First point.</param>
/// <param name="To">Last point.</param>
/// <param name="StepSeconds">Distance of two points.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="Marks">Its alerts and definitions meanwhile, oldest first.</param>
public sealed record CompositeHistory(
    string Name,
    decimal Target,
    string Window,
    DateTimeOffset From,
    DateTimeOffset To,
    int StepSeconds,
    IReadOnlyList<CompositePoint> Points,
    IReadOnlyList<HistoryMark> Marks
);

/// <summary>How a composite stood at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Availability">What users got over the window that ends then, rounded; null when a part has no data.</param>
/// <param name="Remaining">Share of the budget left, negative when overspent, rounded.</param>
public sealed record CompositePoint(DateTimeOffset At, decimal? Availability, decimal? Remaining);

/// <summary>Says which objectives must hold for this one to.</summary>
/// <param name="Objectives">Their names, at most 50; empty takes the declaration back.</param>
public sealed record DeclareDependencies([property: Required, MaxLength(50)] IReadOnlyList<string> Objectives);
