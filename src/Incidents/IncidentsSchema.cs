using JasperFx.Events.Projections;
using Marten;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Intake;
using Steady.Incidents.Learning;
using Steady.Incidents.OnCall;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;

namespace Steady.Incidents;

/// <summary>What this service keeps: stored event names, states, views.</summary>
public static class IncidentsSchema
{
    public const string Name = "incidents";

    public static void Configure(StoreOptions options)
    {
        ResponseSchema.Add(options);
        options.Events.MapEventType<EntryRecorded>("entry_recorded.v1");
        options.Events.MapEventType<FollowUpOpened>("follow_up_opened.v1");
        options.Events.MapEventType<FollowUpCompleted>("follow_up_completed.v1");
        options.Events.MapEventType<AlertFired>("alert_fired.v1");
        options.Events.MapEventType<AlertResolved>("alert_resolved.v1");
        options.Events.MapEventType<AlertRoutesSet>("alert_routes_set.v1");
        options.Events.MapEventType<ScheduleSet>("schedule_set.v1");
        options.Events.MapEventType<ScheduleOverridden>("schedule_overridden.v1");
        options.Events.MapEventType<OverrideCancelled>("override_cancelled.v1");
        LearningSchema.Add(options);

        options.Projections.Snapshot<FollowUp>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Alert>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<AlertRouting>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Schedule>(SnapshotLifecycle.Inline);
        options.Projections.Add(new TimelineProjection(options.DatabaseSchemaName), ProjectionLifecycle.Async);

        options.Schema.For<FollowUp>().Duplicate(followUp => followUp.IsOpen).Duplicate(followUp => followUp.Owner);
        options
            .Schema.For<Alert>()
            .Duplicate(alert => alert.ReceivedAt)
            .Duplicate(alert => alert.IsFiring)
            .Duplicate(alert => alert.Service)
            .Duplicate(alert => alert.Name);
    }
}
