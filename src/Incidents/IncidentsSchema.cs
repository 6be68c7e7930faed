using JasperFx.Events.Projections;
using Marten;
using Steady.Incidents.Catalog;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Intake;
using Steady.Incidents.Learning;
using Steady.Incidents.OnCall;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Incidents.Status;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Analysis;
using Steady.Incidents.Timeline.Query;

namespace Steady.Incidents;

/// <summary>What this service keeps: stored event names, states, views.</summary>
public static class IncidentsSchema
{
    public const string Name = "incidents";

    public static void Configure(StoreOptions options, VaultSchema vault)
    {
        ResponseSchema.Add(options);
        options.Events.MapEventType<EntryRecorded>(EntriesSchema.RecordedName);
        options.Events.MapEventType<EntryAmended>("entry_amended.v1");
        options.Events.MapEventType<EntryRetracted>("entry_retracted.v1");
        options.Events.MapEventType<EntryRedacted>("entry_redacted.v1");
        options.Events.MapEventType<PersonRedacted>("person_redacted.v1");
        options.Events.MapEventType<FollowUpOpened>("follow_up_opened.v1");
        options.Events.MapEventType<FollowUpLinked>("follow_up_linked.v1");
        options.Events.MapEventType<FollowUpOverdue>("follow_up_overdue.v1");
        options.Events.MapEventType<FollowUpCompleted>("follow_up_completed.v1");
        AnalysisSchema.Add(options, vault);
        LearningSchema.Add(options);
        CatalogSchema.Add(options);
        StatusSchema.Add(options);
        PagingSchema.Add(options);

        options.Projections.Snapshot<FollowUp>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Correction>(SnapshotLifecycle.Inline);
        TimelineProjection.Add(options, vault);
        QuerySchema.Add(options);

        options.Schema.For<FollowUp>().Duplicate(followUp => followUp.IsOpen).Duplicate(followUp => followUp.Owner);
        IntakeSchema.Add(options);
        OnCallSchema.Add(options);
    }
}
