using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Intake;

// Events and state of an alert. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

public sealed record AlertFired(
    string Integration,
    string Fingerprint,
    string Name,
    string Service,
    Severity? Severity,
    string Title,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string? Link,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset At,
    bool IsNews = true,
    Guid? SilencedBy = null,
    string? GroupedBy = null,
    int? WindowMinutes = null
)
{
    /// <summary>
    /// Alerts of one incident, name and severity say the same: one of them is news, the others are more of it.
    /// </summary>
    public (string Service, string Group) Place() =>
        (Service, Within(DeclaringFromAlert.GroupOf(Name, Severity), GroupedBy));

    /// <summary>A group of alerts in the incident that it shares with others.</summary>
    public static string Within(string group, string? groupedBy) => groupedBy is null ? group : $"{group} {groupedBy}";
}

public sealed record AlertResolved(
    string Service,
    string Title,
    DateTimeOffset EndsAt,
    DateTimeOffset At,
    bool IsNews = true
);

/// <summary>Its silence is over, and it still fires: what it says is said now. Another silence may hold it back all the same.</summary>
public sealed record AlertUnsilenced(
    string Integration,
    string Fingerprint,
    string Name,
    string Service,
    Severity? Severity,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset At,
    bool IsNews,
    Guid? SilencedBy,
    string? GroupedBy = null,
    int? WindowMinutes = null
);

/// <summary>The sender says that somebody there has seen the alert. It takes no incident: nobody is named.</summary>
public sealed record AlertAcknowledged(
    string Service,
    string Title,
    string By,
    DateTimeOffset OccurredAt,
    DateTimeOffset At
);

/// <summary>One alert, from when it began until it is over.</summary>
public sealed record Alert
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required AlertFired Fired { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The silence that keeps it from being told.</summary>
    public Guid? SilencedBy { get; init; }

    // For queries.
    public bool IsFiring { get; init; }
    public string Service { get; init; } = "";
    public string Name { get; init; } = "";
    public string Fingerprint { get; init; } = "";
    public DateTimeOffset ReceivedAt { get; init; }

    public static Alert Create(AlertFired e) =>
        new()
        {
            Fired = e,
            EndsAt = e.EndsAt,
            IsFiring = e.EndsAt is null,
            Service = e.Service,
            Name = e.Name,
            Fingerprint = e.Fingerprint,
            ReceivedAt = e.At,
            SilencedBy = e.SilencedBy,
        };

    public Alert Apply(AlertResolved e) => this with { EndsAt = e.EndsAt, IsFiring = false };

    public Alert Apply(AlertUnsilenced e) =>
        this with
        {
            Fired = Fired with { IsNews = e.IsNews, SilencedBy = e.SilencedBy },
            SilencedBy = e.SilencedBy,
        };

    public Alert Apply(AlertAcknowledged e) => this with { AcknowledgedAt = e.OccurredAt };

    public AlertView View() =>
        new(
            Id,
            Version,
            Fired.Integration,
            Fired.Fingerprint,
            IsFiring ? AlertStatus.Firing : AlertStatus.Resolved,
            Fired.Name,
            Service,
            Fired.Severity,
            Fired.Title,
            Fired.Labels,
            Fired.Annotations,
            Fired.Link,
            Fired.StartsAt,
            EndsAt,
            ReceivedAt,
            AcknowledgedAt,
            SilencedBy,
            Fired.GroupedBy
        );
}
