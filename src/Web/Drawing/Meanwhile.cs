using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>What has changed between the moment a form was drawn and the moment it was sent. Pure.</summary>
public static class Meanwhile
{
    /// <summary>The state that a form is drawn on, as it travels with it.</summary>
    public static string Mark(IncidentView incident) => $"{incident.Severity} {incident.Status} {incident.Lead}";

    /// <param name="incident">As it is now.</param>
    /// <param name="entries">What its timeline tells now.</param>
    /// <param name="seen">The newest line that the form's page had; null for none.</param>
    /// <param name="mark">The state that the form was drawn on.</param>
    public static IReadOnlyList<string> Of(
        IncidentView incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset? seen,
        string mark
    )
    {
        var told = entries
            .Where(entry => entry.IncidentId == incident.Id && entry.RecordedAt > seen)
            .Select(entry => $"{Kinds.Person(entry.Actor)}: {entry.Text}")
            .ToList();
        return told.Count > 0 || mark.Split(' ', 3) is not [var severity, var status, var lead]
            ? told
            // The timeline is written a moment later; what is so now is known already.
            :
            [
                .. Changed(severity, $"{incident.Severity}", $"It is {Words.Name(incident.Severity)} now."),
                .. Changed(
                    status,
                    $"{incident.Status}",
                    $"It is {Words.Name(incident.Status).ToLowerInvariant()} now."
                ),
                .. Changed(
                    lead,
                    incident.Lead ?? "",
                    incident.Lead is { } person ? $"{Kinds.Person(person)} commands now." : "Nobody commands now."
                ),
            ];
    }

    private static string[] Changed(string was, string now, string sentence) => was == now ? [] : [sentence];
}
