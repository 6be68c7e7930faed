using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Whether an alert still holds.</summary>
public enum AlertStatus
{
    /// <summary>Its condition held when it was heard of last.</summary>
    Firing,

    /// <summary>Over. The same alert that fires again later is another one.</summary>
    Resolved,
}

/// <summary>An alert that a monitoring system sent.</summary>
/// <param name="Id">The alert: one integration, fingerprint and beginning.</param>
/// <param name="Version">Its stream's version.</param>
/// <param name="Integration">Who sent it: the name in the address it was sent to.</param>
/// <param name="Fingerprint">What is the same for every alert of these labels: 16 hexadecimal digits, as Alertmanager computes them.</param>
/// <param name="Status">Whether it still holds.</param>
/// <param name="Name">Its <c>alertname</c>.</param>
/// <param name="Service">The service it is about, as its route said.</param>
/// <param name="Severity">How bad its incident is; null when its route only records it.</param>
/// <param name="Title">What people read: name and summary.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Annotations">Its annotations, of its first delivery.</param>
/// <param name="Link">Where it comes from; null when the sender does not say.</param>
/// <param name="StartsAt">When it began, by the sender's clock.</param>
/// <param name="EndsAt">When it was over, by the sender's clock; null while it is not.</param>
/// <param name="ReceivedAt">When we heard of it first.</param>
/// <param name="AcknowledgedAt">When the sender said that somebody there has seen it; null when it did not.</param>
/// <param name="SilencedBy">The silence that keeps it from being told; null when none does.</param>
/// <param name="GroupedBy">What it has in common with those that share its incident; null for the service alone.</param>
public sealed record AlertView(
    Guid Id,
    long Version,
    string Integration,
    string Fingerprint,
    AlertStatus Status,
    string Name,
    string Service,
    Severity? Severity,
    string Title,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string? Link,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? AcknowledgedAt = null,
    Guid? SilencedBy = null,
    string? GroupedBy = null
);

/// <summary>What becomes of an alert.</summary>
public enum AlertAction
{
    /// <summary>It declares an incident, or joins the open one of its service.</summary>
    Declare,

    /// <summary>It stands among the alerts and on the timeline, and wakes nobody.</summary>
    Record,
}

/// <summary>What becomes of the alerts that match.</summary>
/// <param name="Do">What.</param>
/// <param name="Severity">How bad an incident it declares; needed for that, else nothing.</param>
/// <param name="Matchers">
/// Conditions on labels, all of which must hold, as Alertmanager writes them: <c>severity="critical"</c>, <c>team!="web"</c>,
/// <c>job=~"pay.*"</c>, <c>env!~"test|dev"</c>. A label that is absent is empty. None at all match every alert. At most 20.
/// </param>
/// <param name="Service">The service that these alerts are about; when absent, a label says it.</param>
public sealed record AlertRoute(
    [property: JsonRequired] AlertAction Do,
    Severity? Severity = null,
    [property: MaxLength(20)] IReadOnlyList<string>? Matchers = null,
    [property: StringLength(100, MinimumLength = 1)] string? Service = null
);

/// <summary>Sets what becomes of alerts. The first route that matches decides; an alert that none matches is recorded.</summary>
/// <param name="Routes">In order. 1 to 200.</param>
/// <param name="ServiceLabels">The labels that name the service, the first that an alert has. 1 to 10.</param>
/// <param name="Reason">Why they are set so. 1 to 1,000 characters.</param>
public sealed record SetAlertRoutes(
    [property: Required, Length(1, 200)] IReadOnlyList<AlertRoute> Routes,
    [property: Required, Length(1, 10)] IReadOnlyList<string> ServiceLabels,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>What becomes of alerts now.</summary>
/// <param name="Version">Of the document; 0 for the one that a Steady begins with. The ETag.</param>
/// <param name="Routes">In order; the first that matches decides.</param>
/// <param name="ServiceLabels">The labels that name the service.</param>
/// <param name="Reason">Why they are set so.</param>
/// <param name="SetBy">Who set them; null for those of the beginning.</param>
/// <param name="SetAt">When.</param>
public sealed record AlertRoutesView(
    long Version,
    IReadOnlyList<AlertRoute> Routes,
    IReadOnlyList<string> ServiceLabels,
    string Reason,
    string? SetBy,
    DateTimeOffset? SetAt
);
