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
    DateTimeOffset At,
    string? Group = null
);

/// <summary>A further alert on the same service, which needs no incident of its own. Of a group the first one joins.</summary>
public sealed record AlertAttached(
    string Service,
    Guid AlertId,
    string Alert,
    string By,
    DateTimeOffset At,
    string? Group = null
);

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
    DateTimeOffset At,
    IReadOnlyList<Responder>? Responders = null
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

    /// <summary>What its alerts are called: more of them are no news.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The people who have done something, from their first act to their last.</summary>
    public IReadOnlyList<Responder> Responders { get; init; } = [];

    /// <summary>Those who took it: they are at it until it is over.</summary>
    public IReadOnlyList<string> Takers { get; init; } = [];

    public static Incident Create(IncidentDeclared e) =>
        new()
        {
            Service = e.Service,
            Title = e.Title,
            Severity = e.Severity,
            StartedAt = e.StartedAt,
            Alerts = e.AlertId is { } alert ? [alert] : [],
            Groups = e.Group is { } group ? [group] : [],
            Responders = With([], e.By, e.At),
        };

    public Incident Apply(AlertAttached e) =>
        this with
        {
            Alerts = [.. Alerts, e.AlertId],
            Groups = e.Group is { } group ? [.. Groups, group] : Groups,
        };

    public Incident Apply(IncidentAcknowledged e) =>
        this with
        {
            HasLead = true,
            Responders = With(Responders, e.By, e.At),
            Takers = [.. Takers, e.By],
            // Somebody may take an incident whose pain has ended already; that does not bring the pain back.
            Status = Status == IncidentStatus.Open ? IncidentStatus.Acknowledged : Status,
        };

    public Incident Apply(IncidentSeverityChanged e) =>
        this with
        {
            Severity = e.Severity,
            Responders = With(Responders, e.By, e.At),
        };

    public Incident Apply(NoteAdded e) => this with { Responders = With(Responders, e.By, e.At) };

    public Incident Apply(IncidentMitigated e) =>
        this with
        {
            Status = IncidentStatus.Mitigated,
            Responders = With(Responders, e.By, e.At),
        };

    public Incident Apply(IncidentResolved _) => this with { Status = IncidentStatus.Resolved };

    /// <summary>Who worked on it, when it ends now by somebody's word.</summary>
    public IReadOnlyList<Responder> WorkedOnUntil(string by, DateTimeOffset end) =>
        [.. With(Responders, by, end).Select(one => Takers.Contains(one.Person) ? one with { To = end } : one)];

    // A rule is nobody: it costs no time.
    private static IReadOnlyList<Responder> With(IReadOnlyList<Responder> known, string by, DateTimeOffset at) =>
        by.StartsWith("rule:", StringComparison.Ordinal) ? known
        : known.All(one => one.Person != by) ? [.. known, new Responder(by, at, at)]
        : [.. known.Select(one => one.Person == by ? one with { To = at } : one)];
}
