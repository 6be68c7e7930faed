using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Why an incident is declared without a person.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Group">Alerts of one group say the same: one of them is news. Null for one that stands for itself.</param>
/// <param name="DetectedAt">When the alert noticed.</param>
/// <param name="By">The rule.</param>
/// <param name="GroupedBy">What it has in common with those that share its incident; null for the service alone.</param>
/// <param name="WindowMinutes">How long after it was declared an incident takes it; null for as long as it is open.</param>
public sealed record Cause(
    Guid AlertId,
    string? Group,
    string Service,
    Severity Severity,
    string Title,
    DateTimeOffset StartedAt,
    DateTimeOffset DetectedAt,
    Actor By,
    string? GroupedBy = null,
    int? WindowMinutes = null
);

/// <summary>An alert that pages declares an incident, or joins the one that its service has already.</summary>
public static class DeclaringFromAlert
{
    private static readonly Actor ByBurnAlert = new("rule:burn-alert");
    private static readonly Actor ByAlert = new("rule:alert");

    /// <summary>The same alert always means the same incident.</summary>
    public static Guid IncidentOf(Guid alertId) => StableId.From("incident", alertId.ToString());

    /// <summary>Null when a burn alert does not page.</summary>
    public static Cause? CauseOf(BurnAlertOpened alert) =>
        alert.Severity == BurnSeverity.Page
            ? new Cause(
                alert.AlertId,
                null,
                alert.Service,
                SeverityOf(alert),
                Title(alert),
                alert.FirstBadAt ?? alert.At,
                alert.At,
                ByBurnAlert
            )
            : null;

    /// <summary>Null when an alert is only recorded, or was over as we heard of it.</summary>
    public static Cause? CauseOf(AlertFired alert, DateTimeOffset now) =>
        alert is { Severity: { } severity, EndsAt: null }
            ? new Cause(
                alert.AlertId,
                GroupOf(alert.Name, severity),
                alert.Service,
                severity,
                alert.Title,
                Earlier(alert.StartsAt, now),
                Earlier(alert.StartsAt, now),
                ByAlert,
                alert.GroupedBy,
                alert.WindowMinutes
            )
            : null;

    /// <summary>What alerts of one service have in common when they say the same: a worse one of a name is news.</summary>
    public static string GroupOf(string name, Severity? severity) => severity is { } how ? $"{name} {how}" : name;

    /// <summary>Whether the alert, or one of its group, is part of the incident.</summary>
    public static bool Knows(Incident incident, Cause cause) =>
        incident.Alerts.Contains(cause.AlertId) || (cause.Group is { } group && incident.Groups.Contains(group));

    public static Decision Decide(
        Cause cause,
        Incident? open,
        long number,
        DateTimeOffset now,
        Promises? promises = null
    ) =>
        open switch
        {
            null => [Declared(cause, number, now, promises)],
            _ when Standing.Against(open, "joined by an alert") is { } refusal => refusal,
            _ when Knows(open, cause) => [],
            // It was made private in between.
            { Private: true } => new Refusal(
                "incident-private",
                "No alert joins a private incident: hardly anybody would see it. It declares one of its own."
            ),
            // While nobody has taken it, nobody has judged it: the worst alert says how bad it is.
            { HasLead: false } when cause.Severity < open.Severity =>
            [
                Attached(open, cause, now),
                new IncidentSeverityChanged(
                    open.Service,
                    cause.Severity,
                    cause.Title,
                    cause.By.Name,
                    now,
                    NextUpdateDueAt: promises?.Sooner(open, cause.Severity, now)
                ),
            ],
            _ => [Attached(open, cause, now)],
        };

    private static IncidentDeclared Declared(Cause cause, long number, DateTimeOffset now, Promises? promises) =>
        new(
            number,
            cause.Service,
            cause.Severity,
            cause.Title,
            cause.AlertId,
            cause.StartedAt,
            cause.By.Name,
            now,
            cause.Group,
            DetectedAt: cause.DetectedAt,
            NextUpdateDueAt: promises?.From(cause.Severity, now),
            GroupedBy: cause.GroupedBy
        );

    // A sender's clock may be ahead; an incident does not begin tomorrow.
    private static DateTimeOffset Earlier(DateTimeOffset said, DateTimeOffset now) => said < now ? said : now;

    private static AlertAttached Attached(Incident open, Cause cause, DateTimeOffset now) =>
        new(open.Service, cause.AlertId, cause.Title, cause.By.Name, now, cause.Group);

    // Factor 14.4 spends two per cent of a 30-day budget in an hour. SEV-1 is for people to say.
    private static Severity SeverityOf(BurnAlertOpened alert) => alert.Factor >= 14.4m ? Severity.Sev2 : Severity.Sev3;

    private static string Title(BurnAlertOpened alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Service} burns its error budget {alert.Factor:0.##}x too fast ({alert.LongWindow}/{alert.ShortWindow})"
        );
}
