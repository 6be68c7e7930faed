using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

// What is to be done while it lasts. These names and shapes are what is stored.

public sealed record TaskAdded(
    string Service,
    Guid TaskId,
    int Number,
    string Text,
    string? Owner,
    DateTimeOffset? DueAt,
    string? Link,
    string By,
    DateTimeOffset At
);

public sealed record TaskChanged(
    string Service,
    int Number,
    string Text,
    string? Owner,
    DateTimeOffset? DueAt,
    string? Link,
    string By,
    DateTimeOffset At
);

public sealed record TaskDone(string Service, int Number, string Text, string? Outcome, string By, DateTimeOffset At);

/// <summary>Its time has passed and it is not done.</summary>
public sealed record TaskOverdue(
    string Service,
    int Number,
    string Text,
    string? Owner,
    DateTimeOffset DueAt,
    DateTimeOffset At
);

/// <summary>What is to be done while an incident lasts, and what is left of it afterwards. Pure.</summary>
public static class Tasking
{
    /// <summary>What is wrong with a link, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(string? link)
    {
        if (
            link is not null
            && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        )
            yield return ("link", "Give an address that begins with http:// or https://.");
    }

    public static Decision Add(Incident incident, Guid id, AddTask command, Actor by, DateTimeOffset now) =>
        Against(incident) is { } refusal ? refusal
        : incident.Tasks.Any(one => one.Id == id) ? []
        :
        [
            new TaskAdded(
                incident.Service,
                id,
                incident.Tasks.Count + 1,
                command.Text,
                command.Owner,
                command.DueAt?.ToUniversalTime(),
                command.Link,
                by.Name,
                now
            ),
        ];

    public static Decision Change(Incident incident, int number, ChangeTask command, Actor by, DateTimeOffset now)
    {
        if (Find(incident, number, out var task) is { } refusal)
            return refusal;
        var due = command.DueAt?.ToUniversalTime();
        return (task!.Owner, task.DueAt, task.Link) == (command.Owner, due, command.Link)
            ? []
            : [new TaskChanged(incident.Service, number, task.Text, command.Owner, due, command.Link, by.Name, now)];
    }

    public static Decision Finish(Incident incident, int number, FinishTask command, Actor by, DateTimeOffset now) =>
        incident.Tasks.Any(one => one.Number == number && one.DoneAt is not null) ? []
        : Find(incident, number, out var task) is { } refusal ? refusal
        : [new TaskDone(incident.Service, number, task!.Text, command.Outcome, by.Name, now)];

    /// <summary>Tasks whose time has passed, each once.</summary>
    public static IEnumerable<object> Overdue(Incident incident, DateTimeOffset now) =>
        incident.Status is IncidentStatus.Merged or IncidentStatus.Declined
            ? []
            : incident
                .Tasks.Where(one => one is { DoneAt: null, OverdueSince: null } && one.DueAt <= now)
                .Select(one => new TaskOverdue(
                    incident.Service,
                    one.Number,
                    one.Text,
                    one.Owner,
                    one.DueAt!.Value,
                    now
                ));

    private static Refusal? Find(Incident incident, int number, out IncidentTask? task)
    {
        task = incident.Tasks.FirstOrDefault(one => one.Number == number);
        return Against(incident)
            ?? (
                task is null ? new Refusal("task-unknown", $"There is no task {number}. GET …/response lists them.")
                : task.DoneAt is not null
                    ? new Refusal("task-done", $"Task {number} is done and is not changed any more. Add another one.")
                : null
            );
    }

    // What was left to do when it ended may still be done, and said so.
    private static Refusal? Against(Incident incident) =>
        incident.Status is IncidentStatus.Declined
            ? Standing.Against(incident, "given tasks")
            : Standing.Merged(incident, "given tasks");
}
