using Steady.Contracts.Incidents;

namespace Steady.Incidents.Response;

// These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them. An event names its service
// (and the last one its title and beginning) because it is announced by itself, without the rest of its stream.

public sealed record IncidentDeclared(
    long Number,
    string Service,
    Severity Severity,
    string Title,
    Guid? AlertId,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At
);

/// <summary>A further alert on the same service, which needs no incident of its own.</summary>
public sealed record AlertAttached(string Service, Guid AlertId, string Alert, string By, DateTimeOffset At);

public sealed record IncidentAcknowledged(string Service, string By, DateTimeOffset At);

public sealed record IncidentSeverityChanged(
    string Service,
    Severity Severity,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record NoteAdded(string Service, string Text, DateTimeOffset OccurredAt, string By, DateTimeOffset At);

public sealed record IncidentMitigated(string Service, string Summary, string By, DateTimeOffset At);

public sealed record IncidentResolved(
    string Service,
    string Title,
    string Resolution,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At
);

/// <summary>What decisions need to know of an incident.</summary>
public sealed record Incident
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Service { get; init; } = "";
    public string Title { get; init; } = "";
    public Severity Severity { get; init; }
    public IncidentStatus Status { get; init; }
    public bool HasLead { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public IReadOnlyList<Guid> Alerts { get; init; } = [];

    public static Incident Create(IncidentDeclared e) =>
        new()
        {
            Service = e.Service,
            Title = e.Title,
            Severity = e.Severity,
            StartedAt = e.StartedAt,
            Alerts = e.AlertId is { } alert ? [alert] : [],
        };

    public Incident Apply(AlertAttached e) => this with { Alerts = [.. Alerts, e.AlertId] };

    public Incident Apply(IncidentAcknowledged _) =>
        this with
        {
            HasLead = true,
            // Somebody may take an incident whose pain has ended already; that does not bring the pain back.
            Status = Status == IncidentStatus.Open ? IncidentStatus.Acknowledged : Status,
        };

    public Incident Apply(IncidentSeverityChanged e) => this with { Severity = e.Severity };

    public Incident Apply(NoteAdded _) => this;

    public Incident Apply(IncidentMitigated _) => this with { Status = IncidentStatus.Mitigated };

    public Incident Apply(IncidentResolved _) => this with { Status = IncidentStatus.Resolved };
}
