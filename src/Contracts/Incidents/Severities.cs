using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>What one severity means, in writing.</summary>
/// <param name="Severity">Which.</param>
/// <param name="Meaning">When an incident is that bad. 1 to 500 characters.</param>
/// <param name="Examples">What would be. At most 20, of 200 characters each.</param>
/// <param name="Tell">Who is to be told. At most 20, of 100 characters each.</param>
/// <param name="NextUpdateMinutes">How long stakeholders wait for the next word at most, 1 to 10,080 minutes; null when none is promised.</param>
public sealed record SeverityMeaning(
    [property: JsonRequired] Severity Severity,
    [property: Required, StringLength(500, MinimumLength = 1)] string Meaning,
    [property: Required, MaxLength(20)] IReadOnlyList<string> Examples,
    [property: Required, MaxLength(20)] IReadOnlyList<string> Tell,
    [property: Range(1, 10_080)] int? NextUpdateMinutes = null
);

/// <summary>Sets what the severities mean, as a whole.</summary>
/// <param name="Severities">Each of sev1 to sev4 once.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record SetSeverities(
    [property: Required, MinLength(4), MaxLength(4)] IReadOnlyList<SeverityMeaning> Severities,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>What the severities mean.</summary>
/// <param name="Version">Version of the document; 0 while it is the one that a Steady begins with.</param>
/// <param name="Severities">From the worst to the mildest.</param>
/// <param name="Reason">Why it was set so.</param>
/// <param name="SetBy">Who set it; null when nobody has.</param>
/// <param name="SetAt">When.</param>
public sealed record SeveritiesView(
    long Version,
    IReadOnlyList<SeverityMeaning> Severities,
    string Reason,
    string? SetBy,
    DateTimeOffset? SetAt
);
