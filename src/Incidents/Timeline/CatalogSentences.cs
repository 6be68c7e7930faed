using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;

namespace Steady.Incidents.Timeline;

/// <summary>What happens to the catalog, as lines of the timelines of the services in it.</summary>
public static class CatalogSentences
{
    public static Line? Of(Guid stream, object data) =>
        data switch
        {
            CatalogEntrySet e => new(
                e.At,
                Services(e.Kind, e.Name),
                stream,
                $"What {Cataloguing.WordOf(e.Kind)} {e.Name} is was set in the catalog."
            )
            {
                By = e.By,
            },
            CatalogEntryRemoved e => new(
                e.At,
                Services(e.Kind, e.Name),
                stream,
                $"{Cataloguing.WordOf(e.Kind)} {e.Name} was taken out of the catalog."
            )
            {
                By = e.By,
            },
            _ => null,
        };

    private static IReadOnlyList<string> Services(CatalogKind kind, string name) =>
        kind == CatalogKind.Component ? [name] : [];
}
