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
    string? Group = null,
    bool Triage = false,
    bool Drill = false,
    DateTimeOffset? DetectedAt = null,
    DateTimeOffset? NextUpdateDueAt = null,
    bool Private = false,
    string? GroupedBy = null
);

public sealed record IncidentAccepted(
    string Service,
    string By,
    DateTimeOffset At,
    DateTimeOffset? NextUpdateDueAt = null
);

public sealed record IncidentDeclined(string Service, string Reason, string By, DateTimeOffset At);

/// <summary>It is part of another one now; that one's stream says so too, in the same transaction.</summary>
public sealed record IncidentMerged(
    string Service,
    Guid Into,
    long IntoNumber,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>Another incident is part of this one now: what decisions need to know of it.</summary>
public sealed record IncidentAbsorbed(
    string Service,
    string Title,
    IReadOnlyList<string> Services,
    DateTimeOffset StartedAt,
    IReadOnlyList<AbsorbedIncident> Incidents,
    IReadOnlyList<Guid> Alerts,
    IReadOnlyList<string> Groups,
    IReadOnlyList<Responder> Responders,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record IncidentReopened(
    long Number,
    string Service,
    Severity Severity,
    string Title,
    string Reason,
    string By,
    DateTimeOffset At,
    bool Drill = false,
    DateTimeOffset? NextUpdateDueAt = null
);

public sealed record IncidentClosed(string Service, string By, DateTimeOffset At);

/// <summary>A further alert on the same service, which needs no incident of its own. Of a group the first one joins.</summary>
public sealed record AlertAttached(
    string Service,
    Guid AlertId,
    string Alert,
    string By,
    DateTimeOffset At,
    string? Group = null
);

/// <summary>Somebody has it: the first leads it, whoever comes later joins them.</summary>
public sealed record IncidentAcknowledged(string Service, string By, DateTimeOffset At, string? Joins = null);

public sealed record IncidentSeverityChanged(
    string Service,
    Severity Severity,
    string Reason,
    string By,
    DateTimeOffset At,
    bool Drill = false,
    DateTimeOffset? NextUpdateDueAt = null
);

/// <summary>When something happened, said by a person; a later one corrects it, null takes it back.</summary>
public sealed record TimestampStated(
    string Service,
    IncidentMoment Moment,
    DateTimeOffset? OccurredAt,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record IncidentMitigated(string Service, string Summary, string By, DateTimeOffset At);

public sealed record IncidentResolved(
    string Service,
    string Title,
    string Resolution,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    IReadOnlyList<Responder>? Responders = null,
    IReadOnlyList<string>? Services = null,
    int Round = 0,
    bool Drill = false
);

/// <summary>What decisions need to know of an incident.</summary>
public sealed partial record Incident
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public long Number { get; init; }
    public string Service { get; init; } = "";
    public string Title { get; init; } = "";
    public Severity Severity { get; init; }
    public IncidentStatus Status { get; init; }
    public bool HasLead { get; init; }
    public bool Drill { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public IReadOnlyList<Guid> Alerts { get; init; } = [];

    /// <summary>What its alerts are called: more of them are no news.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The services that suffer: its own, and those of incidents that are part of it.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The incidents that are part of it.</summary>
    public IReadOnlyList<AbsorbedIncident> Absorbed { get; init; } = [];

    /// <summary>The number of the one it is part of.</summary>
    public long? MergedInto { get; init; }

    /// <summary>Who has which role.</summary>
    public Crew Crew { get; init; } = new();

    /// <summary>What is to be done.</summary>
    public IReadOnlyList<IncidentTask> Tasks { get; init; } = [];

    /// <summary>What stakeholders were told, and when they are to hear more.</summary>
    public UpdateClock Updates { get; init; } = UpdateClock.DueFrom(null);

    /// <summary>Moments that people have said, and that hold.</summary>
    public IReadOnlyList<TimestampStated> Stated { get; init; } = [];

    /// <summary>How often it was reopened.</summary>
    public int Round { get; init; }

    /// <summary>The people who have done something since it last began, from their first act to their last.</summary>
    public IReadOnlyList<Responder> Responders { get; init; } = [];

    /// <summary>Those who took it: they are at it until it is over.</summary>
    public IReadOnlyList<string> Takers { get; init; } = [];

    public static Incident Create(IncidentDeclared e) =>
        new()
        {
            Number = e.Number,
            Drill = e.Drill,
            Private = e.Private,
            Status = e.Triage ? IncidentStatus.Triage : IncidentStatus.Open,
            Services = [e.Service],
            Service = e.Service,
            Updates = UpdateClock.DueFrom(e.NextUpdateDueAt),
            Title = e.Title,
            Severity = e.Severity,
            StartedAt = e.StartedAt,
            Alerts = e.AlertId is { } alert ? [alert] : [],
            Groups = e.Group is { } group ? [group] : [],
            Responders = With([], e.By, e.At),
        };

    public Incident Apply(IncidentAccepted e) =>
        this with
        {
            Status = Active,
            Updates = Updates.Due(e.NextUpdateDueAt),
            Responders = With(Responders, e.By, e.At),
        };

    public Incident Apply(IncidentDeclined _) => this with { Status = IncidentStatus.Declined, Updates = Updates.Over };

    public Incident Apply(IncidentMerged e) =>
        this with
        {
            Status = IncidentStatus.Merged,
            MergedInto = e.IntoNumber,
            Updates = Updates.Over,
        };

    public Incident Apply(IncidentAbsorbed e) =>
        this with
        {
            Services = [.. Services.Union(e.Services)],
            StartedAt = e.StartedAt < StartedAt ? e.StartedAt : StartedAt,
            Absorbed = [.. Absorbed, .. e.Incidents],
            Alerts = [.. Alerts.Union(e.Alerts)],
            Groups = [.. Groups.Union(e.Groups)],
            Responders = With(e.Responders.Aggregate(Responders, Join), e.By, e.At),
        };

    // What came back is worked on anew: the time in which it was over is nobody's work.
    public Incident Apply(IncidentReopened e) =>
        this with
        {
            Status = Active,
            Round = Round + 1,
            Updates = Updates.Due(e.NextUpdateDueAt),
            Responders = With([], e.By, e.At),
            Earlier = [.. Earlier, .. Last],
            Last = [],
            HurtsAgainAt = e.At,
        };

    public Incident Apply(IncidentClosed _) => this with { Status = IncidentStatus.Closed };

    public Incident Apply(IncidentAcknowledged e) =>
        this with
        {
            HasLead = true,
            Crew = Crew.Taken(e.By, e.At),
            Responders = With(Responders, e.By, e.At),
            Takers = [.. Takers.Union([e.By])],
            // Somebody may take an incident whose pain has ended already; that does not bring the pain back.
            Status = Status == IncidentStatus.Open ? IncidentStatus.Acknowledged : Status,
        };

    public Incident Apply(IncidentSeverityChanged e) =>
        this with
        {
            Severity = e.Severity,
            Updates = e.NextUpdateDueAt is { } due ? Updates.Due(due) : Updates,
            Responders = With(Responders, e.By, e.At),
        };

    public Incident Apply(TimestampStated e) =>
        this with
        {
            Stated =
            [
                .. Stated.Where(one => one.Moment != e.Moment),
                .. e.OccurredAt is null ? [] : (TimestampStated[])[e],
            ],
            Responders = Heard(e.By, e.At),
        };

    public Incident Apply(NoteAdded e) => this with { Responders = Heard(e.By, e.At) };

    public Incident Apply(IncidentMitigated e) =>
        this with
        {
            Status = IncidentStatus.Mitigated,
            Responders = With(Responders, e.By, e.At),
            HurtsAgainAt = null,
        };

    public Incident Apply(IncidentResolved e) =>
        this with
        {
            Status = IncidentStatus.Resolved,
            Updates = Updates.Over,
            Last = e.Responders ?? [],
        };

    private IncidentStatus Active => HasLead ? IncidentStatus.Acknowledged : IncidentStatus.Open;

    private static IReadOnlyList<Responder> Join(IReadOnlyList<Responder> known, Responder other) =>
        known.FirstOrDefault(one => one.Person == other.Person) is not { } one
            ? [.. known, other]
            :
            [
                .. known.Where(each => each != one),
                one with
                {
                    From = one.From < other.From ? one.From : other.From,
                    To = one.To > other.To ? one.To : other.To,
                },
            ];

    // A rule is nobody: it costs no time.
    private static IReadOnlyList<Responder> With(IReadOnlyList<Responder> known, string by, DateTimeOffset at) =>
        by.StartsWith("rule:", StringComparison.Ordinal) ? known
        : known.All(one => one.Person != by) ? [.. known, new Responder(by, at, at)]
        : [.. known.Select(one => one.Person == by ? one with { To = at } : one)];
}
