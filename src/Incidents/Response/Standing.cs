using System.Linq.Expressions;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Where an incident stands in its life, and what that forbids. Pure.</summary>
public static class Standing
{
    /// <summary>Somebody works on it, or should.</summary>
    public static Expression<Func<IncidentView, bool>> IsOpen { get; } =
        view =>
            view.Status != IncidentStatus.Resolved
            && view.Status != IncidentStatus.Closed
            && view.Status != IncidentStatus.Declined
            && view.Status != IncidentStatus.Merged;

    /// <summary>Why it can no longer be changed so; null while it can.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="changed">What was wanted: "acknowledged", "mitigated".</param>
    public static Refusal? Against(Incident incident, string changed) =>
        incident.Status switch
        {
            IncidentStatus.Resolved => new Refusal(
                "incident-resolved",
                $"A resolved incident cannot be {changed}. Reopen it first if users suffer again."
            ),
            IncidentStatus.Closed => new Refusal(
                "incident-closed",
                $"A closed incident cannot be {changed}. Reopen it first if users suffer again."
            ),
            IncidentStatus.Declined => new Refusal(
                "incident-declined",
                $"A declined incident cannot be {changed}: it was none. Declare a new one if users suffer."
            ),
            _ => Merged(incident, changed),
        };

    /// <summary>Why nothing can be done to it; null while something can. A merged one says where to go.</summary>
    public static Refusal? Merged(Incident incident, string changed) =>
        incident.Status == IncidentStatus.Merged
            ? new Refusal(
                "incident-merged",
                $"A merged incident cannot be {changed}: it is part of INC-{incident.MergedInto} now. Do it there."
            )
            : null;

    /// <summary>Whoever ends the pain of something that is looked at has accepted it.</summary>
    public static IEnumerable<object> Accepting(
        Incident incident,
        Actor by,
        DateTimeOffset now,
        Promises? promises = null
    ) =>
        incident.Status == IncidentStatus.Triage
            ? [new IncidentAccepted(incident.Service, by.Name, now, promises?.From(incident.Severity, now))]
            : [];
}
