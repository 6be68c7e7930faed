using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.OnCall;

/// <summary>What this room keeps.</summary>
public static class OnCallSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<ScheduleSet>("schedule_set.v1");
        options.Events.MapEventType<ScheduleOverridden>("schedule_overridden.v1");
        options.Events.MapEventType<OverrideCancelled>("override_cancelled.v1");
        options.Events.MapEventType<SwapProposed>("swap_proposed.v1");
        options.Events.MapEventType<SwapAccepted>("swap_accepted.v1");
        options.Events.MapEventType<SwapDeclined>("swap_declined.v1");
        options.Events.MapEventType<SwapWithdrawn>("swap_withdrawn.v1");
        options.Events.MapEventType<CalendarLinkCreated>("calendar_link_created.v1");
        options.Events.MapEventType<CalendarLinkRevoked>("calendar_link_revoked.v1");

        options.Projections.Snapshot<Schedule>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<CalendarLink>(SnapshotLifecycle.Inline);
        options.Schema.For<CalendarLink>().Duplicate(link => link.IsRevoked);
    }
}
