using JasperFx.Events.Projections;
using Marten;
using Steady.Experiments.Design;
using Steady.Experiments.Exchange;
using Steady.Experiments.GameDays;
using Steady.Experiments.Learning;
using Steady.Experiments.Prediction;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;

namespace Steady.Experiments;

/// <summary>What this service stores: the names of its events, and its states as documents.</summary>
public static class ExperimentsSchema
{
    public static void Configure(StoreOptions store)
    {
        foreach (var (type, name) in StoredNames.All)
            store.Events.MapEventType(type, name);
        store.Projections.Snapshot<Experiment>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Run>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Charge>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Lever>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Blackout>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<GameDay>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Topology>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Lesson>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Promotion>(SnapshotLifecycle.Inline);
        // Two messages about one service at once: the one that loses is heard again.
        store.Schema.For<CatalogService>().Identity(one => one.Id).UseOptimisticConcurrency(true);
    }
}
