using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>Which incidents count, and for what. Pure.</summary>
public static class Stamping
{
    /// <summary>What was an exercise, was none, may be none, or is part of another one does not.</summary>
    public static bool Counts(IncidentView incident) =>
        !incident.Drill
        && incident.Status is not (IncidentStatus.Triage or IncidentStatus.Declined or IncidentStatus.Merged);

    public static Severity? SeverityOf(string word) =>
        Enum.GetValues<Severity>()
            .Where(one => string.Equals($"{one}", word, StringComparison.OrdinalIgnoreCase))
            .Select(one => (Severity?)one)
            .FirstOrDefault();
}
