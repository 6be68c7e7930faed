using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Timeline.Query;

/// <summary>What is kept of queries.</summary>
public static class QuerySchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<ViewSet>("timeline_view_set.v1");
        options.Events.MapEventType<ViewRemoved>("timeline_view_removed.v1");
        options.Events.MapEventType<ViewWebhookSet>("timeline_view_webhook_set.v1");
        options.Events.MapEventType<ViewWebhookSwitchedOff>("timeline_view_webhook_switched_off.v1");
        options.Events.MapEventType<ViewWebhookRemoved>("timeline_view_webhook_removed.v1");
        options.Projections.Snapshot<SavedView>(SnapshotLifecycle.Inline);
        options.Schema.For<ViewWebhook>().Identity(webhook => webhook.Id);
        ViewDeliveriesSchema.Add(options);
    }
}
