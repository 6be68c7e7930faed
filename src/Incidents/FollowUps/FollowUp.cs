using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.FollowUps;

// Events and state of a follow-up. These names and shapes are what is stored.

public sealed record FollowUpOpened(
    string Source,
    Guid SourceId,
    string About,
    IReadOnlyList<string> Services,
    string Text,
    string Owner,
    DateOnly? DueOn,
    string By,
    DateTimeOffset At
);

/// <summary>Where else it is kept; null takes that away.</summary>
public sealed record FollowUpLinked(IReadOnlyList<string> Services, string? Link, string By, DateTimeOffset At);

/// <summary>Its day has passed and it is not done.</summary>
public sealed record FollowUpOverdue(
    IReadOnlyList<string> Services,
    string Text,
    string Owner,
    DateOnly DueOn,
    DateTimeOffset At
);

public sealed record FollowUpCompleted(IReadOnlyList<string> Services, string Outcome, string By, DateTimeOffset At);

/// <summary>Something that is to be done so that it does not happen again.</summary>
public sealed record FollowUp
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required FollowUpOpened Opened { get; init; }
    public FollowUpCompleted? Completed { get; init; }
    public string? Link { get; init; }
    public DateTimeOffset? OverdueSince { get; init; }

    /// <summary>For queries.</summary>
    public bool IsOpen { get; init; }

    public string Owner { get; init; } = "";

    public static FollowUp Create(FollowUpOpened e) =>
        new()
        {
            Opened = e,
            IsOpen = true,
            Owner = e.Owner,
        };

    public FollowUp Apply(FollowUpLinked e) => this with { Link = e.Link };

    public FollowUp Apply(FollowUpOverdue e) => this with { OverdueSince = e.At };

    public FollowUp Apply(FollowUpCompleted e) => this with { Completed = e, IsOpen = false };

    public FollowUpView View() =>
        new(
            Id,
            Version,
            Opened.Source,
            Opened.SourceId,
            Opened.About,
            Opened.Services,
            Opened.Text,
            Opened.Owner,
            Opened.DueOn,
            Opened.By,
            Opened.At,
            Completed?.By,
            Completed?.At,
            Completed?.Outcome,
            Link,
            OverdueSince
        );
}

/// <summary>What becomes of follow-ups. Pure.</summary>
public static class FollowingUp
{
    private const string Finding = "finding";
    private const string Postmortem = "postmortem";

    /// <summary>The same action of the same finding always means the same follow-up.</summary>
    public static Guid IdOf(ActionItemLinked linked) =>
        StableId.From("follow-up", Finding, linked.FindingId.ToString(), $"{linked.Number}");

    /// <summary>An action that a finding asks for.</summary>
    public static Decision Decide(ActionItemLinked linked) =>
        [
            new FollowUpOpened(
                Finding,
                linked.FindingId,
                linked.Finding,
                linked.Services,
                linked.Text,
                linked.Owner,
                linked.DueOn,
                linked.By,
                linked.At
            ),
        ];

    /// <summary>An action that a postmortem asks for.</summary>
    public static Decision Decide(IncidentView incident, OpenActionItem item, string by, DateTimeOffset now) =>
        [
            new FollowUpOpened(
                Postmortem,
                incident.Id,
                $"INC-{incident.Number} {incident.Title}",
                [incident.Service],
                item.Text,
                item.Owner,
                item.DueOn,
                by,
                now
            ),
        ];

    /// <summary>Where else it is kept.</summary>
    public static Decision Link(FollowUp followUp, string? link, string by, DateTimeOffset now) =>
        followUp.Link == link ? [] : [new FollowUpLinked(followUp.Opened.Services, link, by, now)];

    /// <summary>Its day is over, in UTC, and it is not done: said once.</summary>
    public static Decision Remind(FollowUp followUp, DateTimeOffset now) =>
        followUp is { IsOpen: true, OverdueSince: null, Opened.DueOn: { } due }
        && DateOnly.FromDateTime(now.UtcDateTime) > due
            ? [new FollowUpOverdue(followUp.Opened.Services, followUp.Opened.Text, followUp.Opened.Owner, due, now)]
            : [];

    /// <summary>Done once; saying it again changes nothing.</summary>
    public static Decision Complete(FollowUp followUp, string outcome, string by, DateTimeOffset now) =>
        followUp.IsOpen ? [new FollowUpCompleted(followUp.Opened.Services, outcome, by, now)] : [];
}
