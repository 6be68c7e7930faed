using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>Which alerts of a service make one incident.</summary>
/// <param name="By">
/// Labels: alerts with the same values of all of them share an incident, others get one of their own. Without any, all alerts of a service
/// share one. A label that is absent is empty. At most 10.
/// </param>
/// <param name="Matchers">Which alerts this is for, as in routes; every alert when absent. At most 20.</param>
/// <param name="Services">For which services; all when absent. At most 100.</param>
/// <param name="WindowMinutes">
/// How long after it was declared an incident takes further alerts; as long as it is open when absent. 1 minute to 7 days.
/// </param>
public sealed record AlertGroupingRule(
    [property: Required, Length(0, 10)] IReadOnlyList<string> By,
    [property: MaxLength(20)] IReadOnlyList<string>? Matchers = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Services = null,
    [property: Range(1, 10080)] int? WindowMinutes = null
);

/// <summary>Sets which alerts make one incident. The first rule that is for an alert decides; without one, its service alone does.</summary>
/// <param name="Rules">In order. 0 to 200.</param>
/// <param name="Reason">Why they are set so. 1 to 1,000 characters.</param>
public sealed record SetAlertGrouping(
    [property: Required, Length(0, 200)] IReadOnlyList<AlertGroupingRule> Rules,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Which alerts make one incident.</summary>
/// <param name="Version">Of the document; 0 for the one that a Steady begins with. The ETag.</param>
/// <param name="Rules">In order; the first that is for an alert decides.</param>
/// <param name="Reason">Why they are set so.</param>
/// <param name="SetBy">Who set them; null for those of the beginning.</param>
/// <param name="SetAt">When.</param>
public sealed record AlertGroupingView(
    long Version,
    IReadOnlyList<AlertGroupingRule> Rules,
    string Reason,
    string? SetBy,
    DateTimeOffset? SetAt
);

/// <summary>Asks what rules would have made of the alerts that came lately. Nothing is set.</summary>
/// <param name="Rules">As to be set; those of now when absent.</param>
/// <param name="Hours">How far back. 1 to 168.</param>
public sealed record TryAlertGrouping(
    [property: Length(0, 200)] IReadOnlyList<AlertGroupingRule>? Rules = null,
    [property: Range(1, 168)] int Hours = 24
);

/// <summary>What rules would have made of the alerts that came lately.</summary>
/// <param name="From">Since when.</param>
/// <param name="Alerts">Alerts whose route declares an incident.</param>
/// <param name="Incidents">How many incidents that would have been.</param>
/// <param name="IncidentsNow">The same by the rules that are set now.</param>
/// <param name="IsCut">Whether there were more alerts than are looked at: the first 10,000.</param>
/// <param name="Groups">The incidents, those with most alerts first; at most 100.</param>
public sealed record AlertGroupingPreview(
    DateTimeOffset From,
    int Alerts,
    int Incidents,
    int IncidentsNow,
    bool IsCut,
    IReadOnlyList<AlertGroupPreview> Groups
);

/// <summary>Alerts that would have been one incident.</summary>
/// <param name="Service">Whose.</param>
/// <param name="GroupedBy">What they have in common; null for the service alone.</param>
/// <param name="Alerts">How many.</param>
/// <param name="Names">Their names, at most 10.</param>
/// <param name="From">When the first came.</param>
/// <param name="To">When the last came.</param>
public sealed record AlertGroupPreview(
    string Service,
    string? GroupedBy,
    int Alerts,
    IReadOnlyList<string> Names,
    DateTimeOffset From,
    DateTimeOffset To
);
