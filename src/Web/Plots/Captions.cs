using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Plots;

/// <summary>What is said about a picture. Pure.</summary>
internal static class Captions
{
    public static string Of(IncidentView incident, DateTimeOffset until) =>
        $"{Words.Name(incident.Severity)} · {incident.Service} · began {Minute(incident.StartedAt)}"
        + (
            incident.ResolvedAt is { } over && over <= until
                ? $", over after {Words.Length(over - incident.StartedAt)}"
                : $", {Words.Length(until - incident.StartedAt)} ago"
        );

    public static string Minute(DateTimeOffset at) => $"{Words.Minute(at)} UTC";
}
