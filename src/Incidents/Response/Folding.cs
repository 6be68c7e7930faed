namespace Steady.Incidents.Response;

/// <summary>What is known of an incident after a part of its story. The store folds whole streams by their versions; this folds any choice of events. Pure.</summary>
public static class Folding
{
    public static Incident? Of(IEnumerable<object> story) => story.Aggregate((Incident?)null, Apply);

    private static Incident? Apply(Incident? state, object data) =>
        data is IncidentDeclared declared ? Incident.Create(declared)
        : state is null ? null
        : OfLife(state, data) ?? OfWork(state, data) ?? state;

    private static Incident? OfLife(Incident state, object data) =>
        data switch
        {
            IncidentAccepted e => state.Apply(e),
            IncidentDeclined e => state.Apply(e),
            IncidentMerged e => state.Apply(e),
            IncidentAbsorbed e => state.Apply(e),
            IncidentReopened e => state.Apply(e),
            IncidentClosed e => state.Apply(e),
            IncidentAcknowledged e => state.Apply(e),
            IncidentSeverityChanged e => state.Apply(e),
            IncidentMitigated e => state.Apply(e),
            IncidentResolved e => state.Apply(e),
            _ => null,
        };

    private static Incident? OfWork(Incident state, object data) =>
        data switch
        {
            RoleAssigned e => state.Apply(e),
            RoleReleased e => state.Apply(e),
            HandoverOffered e => state.Apply(e),
            HandoverConfirmed e => state.Apply(e),
            HandoverDeclined e => state.Apply(e),
            HandoverWithdrawn e => state.Apply(e),
            HandoverExpired e => state.Apply(e),
            TaskAdded e => state.Apply(e),
            TaskChanged e => state.Apply(e),
            TaskDone e => state.Apply(e),
            UpdatePosted e => state.Apply(e),
            _ => null,
        };
}
