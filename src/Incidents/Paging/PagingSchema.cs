using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Paging;

/// <summary>What this room keeps.</summary>
public static class PagingSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<ContactSet>("contact_set.v1");
        options.Events.MapEventType<ChannelSwitchedOff>("channel_switched_off.v1");
        options.Events.MapEventType<EscalationPolicySet>("escalation_policy_set.v1");
        options.Events.MapEventType<EscalationBegan>("escalation_began.v1");
        options.Events.MapEventType<EscalationUnrouted>("escalation_unrouted.v1");
        options.Events.MapEventType<StepReached>("step_reached.v1");
        options.Events.MapEventType<EscalationStopped>("escalation_stopped.v1");
        options.Events.MapEventType<EscalationResumed>("escalation_resumed.v1");
        options.Events.MapEventType<EscalationHurried>("escalation_hurried.v1");
        options.Events.MapEventType<EscalationExhausted>("escalation_exhausted.v1");
        options.Events.MapEventType<PageRequested>("page_requested.v1");
        options.Events.MapEventType<PageTaken>("page_taken.v1");
        options.Events.MapEventType<PageAttempted>("page_attempted.v1");
        options.Events.MapEventType<PageDropped>("page_dropped.v1");
        options.Events.MapEventType<PagerFellIll>("pager_fell_ill.v1");
        options.Events.MapEventType<PagerRecovered>("pager_recovered.v1");

        options.Projections.LiveStreamAggregation<Escalation>();
        options.Projections.LiveStreamAggregation<Pager>();
        options.Projections.Snapshot<Contact>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<EscalationPolicy>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Page>(SnapshotLifecycle.Inline);
        options.Projections.Add(new EscalationDueProjection(), ProjectionLifecycle.Inline);

        options
            .Schema.For<Page>()
            .Duplicate(page => page.Status)
            .Duplicate(page => page.DueAt)
            .Duplicate(page => page.RequestedAt)
            .Duplicate(page => page.Person)
            .Duplicate(page => page.IncidentId);
        // Opened and closed may be heard at once: the one that loses is heard again.
        options.Schema.For<OpenBurn>().Duplicate(burn => burn.Service).UseOptimisticConcurrency(true);
        options.Schema.For<ChannelSecret>().Identity(secret => secret.Id);
    }
}
