using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>The moments of an incident, as far as it tells them. Pure.</summary>
public static class Stamping
{
    /// <summary>Whether it counts: what was an exercise, was none, or is part of another one does not.</summary>
    public static bool Counts(IncidentView incident) =>
        !incident.Drill
        && incident.Status is not (IncidentStatus.Triage or IncidentStatus.Declined or IncidentStatus.Merged);

    public static Severity? SeverityOf(string word) =>
        Enum.GetValues<Severity>()
            .Where(one => string.Equals($"{one}", word, StringComparison.OrdinalIgnoreCase))
            .Select(one => (Severity?)one)
            .FirstOrDefault();

    public static MeasuredIncident Measured(IncidentView incident, DateTimeOffset? publishedAt) =>
        new(
            incident.Id,
            incident.Number,
            incident.Service,
            incident.Severity,
            incident.Title,
            Measuring.Of(Of(incident), publishedAt)
        );

    /// <summary>Its declaration is the first notice, and where an alert declared it, its detection.</summary>
    public static Stamps Of(IncidentView incident)
    {
        var declared = new Stamp(incident.DeclaredAt, incident.DeclaredAt);
        return new Stamps(
            new Stamp(incident.StartedAt, incident.DeclaredAt),
            incident.AlertId is null ? null : declared,
            declared,
            At(incident.AcknowledgedAt),
            declared,
            At(incident.MitigatedAt),
            At(incident.ResolvedAt)
        );
    }

    private static Stamp? At(DateTimeOffset? moment) => moment is { } at ? new Stamp(at, at) : null;
}
