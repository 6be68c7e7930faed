using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What is kept of what people conclude from timelines, and of what incidents are remembered by.</summary>
public static class AnalysisSchema
{
    public static void Add(StoreOptions options, VaultSchema vault)
    {
        options.Events.MapEventType<ContradictionRuled>("contradiction_ruled.v1");
        options.Events.MapEventType<CauseStated>("cause_stated.v1");
        options.Events.MapEventType<CauseWithdrawn>("cause_withdrawn.v1");
        options.Projections.Snapshot<RuledContradiction>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<StatedCauses>(SnapshotLifecycle.Inline);
        IncidentTraitsProjection.Add(options, vault);
    }
}
