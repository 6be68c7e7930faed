using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Catalog;

/// <summary>What this room keeps.</summary>
public static class CatalogSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<CatalogEntrySet>("catalog_entry_set.v1");
        options.Events.MapEventType<CatalogEntryRemoved>("catalog_entry_removed.v1");
        options.Projections.Snapshot<CatalogEntry>(SnapshotLifecycle.Inline);
    }
}
