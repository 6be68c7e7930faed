using Steady.Contracts.Incidents;

namespace Steady.Incidents.Response;

/// <summary>A page got through to the first person.</summary>
public sealed record FirstPersonNotified(string Service, string Person, string By, DateTimeOffset At);

/// <summary>What decisions need to know of how an incident is worked on.</summary>
public sealed partial record Incident
{
    /// <summary>Who worked on it in the rounds before this one.</summary>
    public IReadOnlyList<Responder> Earlier { get; init; } = [];

    /// <summary>Who worked on it when it was resolved; empty while it is not.</summary>
    public IReadOnlyList<Responder> Last { get; init; } = [];

    /// <summary>Who worked on it, when it ends now by somebody's word.</summary>
    public IReadOnlyList<Responder> WorkedOnUntil(string by, DateTimeOffset end) =>
        [.. With(Responders, by, end).Select(one => Takers.Contains(one.Person) ? one with { To = end } : one)];

    /// <summary>Whether a page got through to anybody.</summary>
    public bool IsNotified { get; init; }

    /// <summary>
    /// Since when users suffer again: it was reopened, or an alert joined after its pain had ended. Who had it before is not there for
    /// that. Null when the pain that was declared is the only one, or has ended since.
    /// </summary>
    public DateTimeOffset? HurtsAgainAt { get; init; }

    public Incident Apply(AlertAttached e) =>
        this with
        {
            Alerts = [.. Alerts, e.AlertId],
            Groups = e.Group is { } group ? [.. Groups, group] : Groups,
            HurtsAgainAt = Status == IncidentStatus.Mitigated ? e.At : HurtsAgainAt,
        };

    public Incident Apply(FirstPersonNotified _) => this with { IsNotified = true };

    public Incident Apply(RoleAssigned e) => Acted(e.By, e.At) with { Crew = Crew.With(e.Role, e.Person, e.At) };

    public Incident Apply(RoleReleased e) => Acted(e.By, e.At) with { Crew = Crew.Without(e.Role, e.Person) };

    public Incident Apply(HandoverOffered e) => Acted(e.By, e.At) with { Crew = Crew.Offered(e) };

    public Incident Apply(HandoverConfirmed e) =>
        Acted(e.By, e.At) with
        {
            Crew = Crew.Over(e.HandoverId).With(e.Role, e.To, e.At),
        };

    public Incident Apply(HandoverDeclined e) => Acted(e.By, e.At) with { Crew = Crew.Over(e.HandoverId) };

    public Incident Apply(HandoverWithdrawn e) => Acted(e.By, e.At) with { Crew = Crew.Over(e.HandoverId) };

    public Incident Apply(HandoverExpired e) => this with { Crew = Crew.Over(e.HandoverId) };

    public Incident Apply(TaskAdded e) =>
        Acted(e.By, e.At) with
        {
            Tasks = [.. Tasks, new IncidentTask(e.TaskId, e.Number, e.Text, e.Owner, e.DueAt, e.Link, e.By, e.At)],
        };

    public Incident Apply(TaskChanged e) =>
        Acted(e.By, e.At) with
        {
            Tasks = Each(
                e.Number,
                task =>
                    task with
                    {
                        Owner = e.Owner,
                        DueAt = e.DueAt,
                        Link = e.Link,
                        OverdueSince = task.DueAt == e.DueAt ? task.OverdueSince : null,
                    }
            ),
        };

    public Incident Apply(TaskDone e) =>
        Acted(e.By, e.At) with
        {
            Tasks = Each(e.Number, task => task with { DoneBy = e.By, DoneAt = e.At, Outcome = e.Outcome }),
        };

    public Incident Apply(TaskOverdue e) =>
        this with
        {
            Tasks = Each(e.Number, task => task with { OverdueSince = e.At }),
        };

    public Incident Apply(UpdatePosted e) =>
        Acted(e.By, e.At) with
        {
            Updates = Updates.Due(e.NextUpdateDueAt) with
            {
                Told = [.. Updates.Told, new StakeholderUpdate(e.UpdateId, e.Number, e.Text, e.Audience, e.By, e.At)],
            },
        };

    public Incident Apply(UpdateOverdue _) => this with { Updates = Updates with { Reminded = true } };

    private Incident Acted(string by, DateTimeOffset at) => this with { Responders = Heard(by, at) };

    // What is written once it is over is no work in it: nobody was at it for the weeks in between.
    private IReadOnlyList<Responder> Heard(string by, DateTimeOffset at) =>
        Status.IsOver() ? Responders : With(Responders, by, at);

    private IReadOnlyList<IncidentTask> Each(int number, Func<IncidentTask, IncidentTask> change) =>
        [.. Tasks.Select(task => task.Number == number ? change(task) : task)];
}

/// <summary>The text is empty when it is sealed.</summary>
public sealed record NoteAdded(
    string Service,
    string Text,
    DateTimeOffset OccurredAt,
    string By,
    DateTimeOffset At,
    SealedText? Sealed = null
);
