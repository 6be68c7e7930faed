using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Experiments;

/// <summary>What kind of thing was found.</summary>
public enum FindingKind
{
    /// <summary>The steady state broke earlier than was believed.</summary>
    BrokeEarly,

    /// <summary>A fallback that was believed to be there did not help.</summary>
    NoFallback,

    /// <summary>Users suffered and nobody was told.</summary>
    NoAlert,

    /// <summary>It came back late, or not by itself.</summary>
    SlowRecovery,

    /// <summary>Something suffered that should not have noticed.</summary>
    UnexpectedImpact,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How the two that suffered together hang together.</summary>
public enum CouplingType
{
    /// <summary>One cannot run without the other.</summary>
    Operational,

    /// <summary>Changes must be coordinated.</summary>
    Development,

    /// <summary>They change together because they share concepts.</summary>
    Semantic,

    /// <summary>They change together because they share a responsibility.</summary>
    Functional,

    /// <summary>For no good reason. The only kind that is always bad.</summary>
    Incidental,
}

/// <summary>Writes down what a run has shown.</summary>
/// <param name="RunId">The run that showed it; it must be over.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Title">In a few words. 1 to 200 characters.</param>
/// <param name="Description">What was seen and what it means. At most 4,000 characters.</param>
/// <param name="Coupling">How the two that suffered together hang together; open when absent.</param>
public sealed record RaiseFinding(
    [property: JsonRequired] Guid RunId,
    [property: JsonRequired] FindingKind Kind,
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    [property: StringLength(4000)] string? Description = null,
    CouplingType? Coupling = null
);

/// <summary>Links something to be done to a finding.</summary>
/// <param name="Text">What is to be done. 1 to 500 characters.</param>
/// <param name="Owner">Who does it. 1 to 100 characters.</param>
/// <param name="DueOn">Until when; open when absent.</param>
public sealed record LinkActionItem(
    [property: Required, StringLength(500, MinimumLength = 1)] string Text,
    [property: Required, StringLength(100, MinimumLength = 1)] string Owner,
    DateOnly? DueOn = null
);
