using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>A burn alert that pages declares an incident, or joins the one that its service has already.</summary>
public static class DeclaringFromAlert
{
    public static Actor By { get; } = new("rule:burn-alert");

    /// <summary>The same alert always means the same incident.</summary>
    public static Guid IncidentOf(Guid alertId) => StableId.From("incident", alertId.ToString());

    public static bool Pages(BurnAlertOpened alert) => alert.Severity == BurnSeverity.Page;

    public static Decision Decide(BurnAlertOpened alert, Incident? open, long number, DateTimeOffset now) =>
        open switch
        {
            _ when !Pages(alert) => [],
            null =>
            [
                new IncidentDeclared(
                    number,
                    alert.Service,
                    SeverityOf(alert),
                    Title(alert),
                    alert.AlertId,
                    alert.FirstBadAt ?? alert.At,
                    By.Name,
                    now
                ),
            ],
            { Status: IncidentStatus.Resolved } => new Refusal(
                "incident-resolved",
                "An alert cannot join a resolved incident. It declares a new one."
            ),
            _ when open.Alerts.Contains(alert.AlertId) => [],
            _ => [new AlertAttached(open.Service, alert.AlertId, Title(alert), By.Name, now)],
        };

    // Factor 14.4 spends two per cent of a 30-day budget in an hour. SEV-1 is for people to say.
    private static Severity SeverityOf(BurnAlertOpened alert) => alert.Factor >= 14.4m ? Severity.Sev2 : Severity.Sev3;

    private static string Title(BurnAlertOpened alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Service} burns its error budget {alert.Factor:0.##}x too fast ({alert.LongWindow}/{alert.ShortWindow})"
        );
}
