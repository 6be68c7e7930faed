using JasperFx.Events.Projections;
using Marten;
using IncidentView = Steady.Contracts.Incidents.IncidentView;

namespace Steady.Incidents.Response;

/// <summary>What this room keeps.</summary>
public static class ResponseSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<IncidentDeclared>("incident_declared.v1");
        options.Events.MapEventType<AlertAttached>("alert_attached.v1");
        options.Events.MapEventType<IncidentAcknowledged>("incident_acknowledged.v1");
        options.Events.MapEventType<IncidentSeverityChanged>("incident_severity_changed.v1");
        options.Events.MapEventType<FirstPersonNotified>("first_person_notified.v1");
        options.Events.MapEventType<NoteAdded>("note_added.v1");
        options.Events.MapEventType<IncidentMitigated>("incident_mitigated.v1");
        options.Events.MapEventType<IncidentResolved>("incident_resolved.v1");
        options.Events.MapEventType<IncidentAccepted>("incident_accepted.v1");
        options.Events.MapEventType<IncidentDeclined>("incident_declined.v1");
        options.Events.MapEventType<IncidentMerged>("incident_merged.v1");
        options.Events.MapEventType<IncidentAbsorbed>("incident_absorbed.v1");
        options.Events.MapEventType<IncidentReopened>("incident_reopened.v1");
        options.Events.MapEventType<IncidentClosed>("incident_closed.v1");
        options.Events.MapEventType<TimestampStated>("timestamp_stated.v1");
        options.Events.MapEventType<SeveritiesSet>("severities_set.v1");
        AddWork(options);
        AddPrivacy(options);

        options.Projections.LiveStreamAggregation<Incident>();
        options.Projections.Snapshot<SeverityMatrix>(SnapshotLifecycle.Inline);
        options.Projections.Add<IncidentBoardProjection>(ProjectionLifecycle.Inline);
        options.Projections.Add(new DeadlinesProjection(), ProjectionLifecycle.Inline);
        options.Schema.For<Deadline>().Duplicate(deadline => deadline.At);

        options
            .Schema.For<IncidentView>()
            .UniqueIndex(incident => incident.Number)
            .Duplicate(incident => incident.Number)
            .Duplicate(incident => incident.Service)
            .Duplicate(incident => incident.Status)
            .Duplicate(incident => incident.Private);
        IncidentNumbersSchema.Add(options);
    }

    private static void AddWork(StoreOptions options)
    {
        options.Events.MapEventType<RoleAssigned>("role_assigned.v1");
        options.Events.MapEventType<RoleReleased>("role_released.v1");
        options.Events.MapEventType<HandoverOffered>("handover_offered.v1");
        options.Events.MapEventType<HandoverConfirmed>("handover_confirmed.v1");
        options.Events.MapEventType<HandoverDeclined>("handover_declined.v1");
        options.Events.MapEventType<HandoverWithdrawn>("handover_withdrawn.v1");
        options.Events.MapEventType<HandoverExpired>("handover_expired.v1");
        options.Events.MapEventType<TaskAdded>("task_added.v1");
        options.Events.MapEventType<TaskChanged>("task_changed.v1");
        options.Events.MapEventType<TaskDone>("task_done.v1");
        options.Events.MapEventType<TaskOverdue>("task_overdue.v1");
        options.Events.MapEventType<UpdatePosted>("update_posted.v1");
        options.Events.MapEventType<UpdateOverdue>("update_overdue.v1");
    }

    private static void AddPrivacy(StoreOptions options)
    {
        options.Events.MapEventType<IncidentMadePrivate>("incident_made_private.v1");
        options.Events.MapEventType<IncidentMadePublic>("incident_made_public.v1");
        options.Events.MapEventType<PersonAdded>("person_added.v1");
        options.Events.MapEventType<PersonRemoved>("person_removed.v1");
        options.Projections.Add(new IncidentPeopleProjection(), ProjectionLifecycle.Inline);
        options.Schema.For<IncidentPerson>().Duplicate(one => one.Incident).Duplicate(one => one.Person);
        IncidentReadsSchema.Add(options);
    }
}
