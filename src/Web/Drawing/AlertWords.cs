using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>How an alert is said. Pure.</summary>
public static class AlertWords
{
    public static string Tone(AlertView alert) =>
        alert.Status == AlertStatus.Resolved ? "ok"
        : alert.Severity is null ? "warn"
        : "bad";

    public static string Becomes(AlertView alert)
    {
        var what =
            alert.SilencedBy is not null ? "silenced"
            : alert.Severity is { } severity ? $"an incident, {Words.Name(severity)}"
            : "recorded";
        return alert.AcknowledgedAt is null ? what : $"{what}, seen there";
    }
}
