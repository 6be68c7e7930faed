using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

// What stakeholders are told. These names and shapes are what is stored.

public sealed record UpdatePosted(
    string Service,
    Guid UpdateId,
    int Number,
    string Text,
    UpdateAudience Audience,
    DateTimeOffset? NextUpdateDueAt,
    string By,
    DateTimeOffset At,
    bool Drill = false
);

/// <summary>The next word was promised for a moment that has passed.</summary>
public sealed record UpdateOverdue(string Service, DateTimeOffset DueAt, DateTimeOffset At);

/// <summary>What was told, when the next word is due, and whether it was said that it is overdue. Pure.</summary>
public sealed record UpdateClock(DateTimeOffset? DueAt, bool Reminded, IReadOnlyList<StakeholderUpdate> Told)
{
    public UpdateClock Over => this with { DueAt = null, Reminded = false };

    public static UpdateClock DueFrom(DateTimeOffset? due) => new(due, false, []);

    public UpdateClock Due(DateTimeOffset? due) => this with { DueAt = due, Reminded = false };
}

/// <summary>How soon each severity promises the next word. Pure.</summary>
public sealed record Promises(IReadOnlyList<SeverityMeaning> Severities)
{
    public static Promises None { get; } = new([]);

    public DateTimeOffset? From(Severity severity, DateTimeOffset now) =>
        Severities.FirstOrDefault(one => one.Severity == severity)?.NextUpdateMinutes is { } minutes
            ? now.AddMinutes(minutes)
            : null;

    /// <summary>What a worse severity promises sooner than it was promised; null when nothing changes. What was promised is kept.</summary>
    public DateTimeOffset? Sooner(Incident incident, Severity severity, DateTimeOffset now) =>
        From(severity, now) is { } due && !(incident.Updates.DueAt <= due) ? due : null;
}

public static class Posting
{
    public static Decision Decide(
        Incident incident,
        Guid id,
        PostUpdate command,
        Promises promises,
        Actor by,
        DateTimeOffset now
    )
    {
        if (Standing.Merged(incident, "told of") is { } refusal)
            return refusal;
        if (incident.Updates.Told.Any(one => one.Id == id))
            return [];
        if (incident.Private && command.Audience == UpdateAudience.Customers)
            return new Refusal(
                "incident-private",
                "Customers read updates on the status page, and a private incident is never on it. Tell colleagues, or make it public first."
            );
        // What is over may be told of once more; then nothing more is promised.
        var due =
            incident.Status.IsOver() ? null
            : command.NextUpdateMinutes is { } minutes ? now.AddMinutes(minutes)
            : promises.From(incident.Severity, now);
        return
        [
            new UpdatePosted(
                incident.Service,
                id,
                incident.Updates.Told.Count + 1,
                command.Text,
                command.Audience,
                due,
                by.Name,
                now,
                incident.Drill
            ),
        ];
    }

    public static IEnumerable<object> Overdue(Incident incident, DateTimeOffset now) =>
        incident.Updates is { DueAt: { } due, Reminded: false } && due <= now
            ? [new UpdateOverdue(incident.Service, due, now)]
            : [];
}
