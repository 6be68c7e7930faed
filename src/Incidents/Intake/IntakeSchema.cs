using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Intake;

/// <summary>What this room keeps.</summary>
public static class IntakeSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<AlertFired>("alert_fired.v1");
        options.Events.MapEventType<AlertResolved>("alert_resolved.v1");
        options.Events.MapEventType<AlertAcknowledged>("alert_acknowledged.v1");
        options.Events.MapEventType<AlertUnsilenced>("alert_unsilenced.v1");
        options.Events.MapEventType<SilenceSet>("silence_set.v1");
        options.Events.MapEventType<SilenceEnded>("silence_ended.v1");
        options.Events.MapEventType<AlertRoutesSet>("alert_routes_set.v1");
        options.Events.MapEventType<AlertGroupingSet>("alert_grouping_set.v1");
        options.Events.MapEventType<IntegrationKeyCreated>("integration_key_created.v1");
        options.Events.MapEventType<IntegrationKeyRevoked>("integration_key_revoked.v1");

        options.Projections.Snapshot<Alert>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Silence>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<AlertRouting>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<AlertGrouping>(SnapshotLifecycle.Inline);
        options.Projections.LiveStreamAggregation<Integration>();
        options
            .Schema.For<Alert>()
            .Duplicate(alert => alert.ReceivedAt)
            .Duplicate(alert => alert.IsFiring)
            .Duplicate(alert => alert.Service)
            .Duplicate(alert => alert.Name)
            .Duplicate(alert => alert.Fingerprint)
            .Duplicate(alert => alert.SilencedBy);
        options.Schema.For<Silence>().Duplicate(silence => silence.Until);
        LiveKeysSchema.Add(options);
    }
}
