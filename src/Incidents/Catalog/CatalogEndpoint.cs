using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Catalog;

/// <summary>The catalog as it is read.</summary>
public static class CatalogEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/catalog", List)
            .WithTags("Catalog")
            .WithSummary("Services, teams, systems, APIs and resources, by kind and name")
            .Produces<Page<CatalogEntryView>>();
        read.MapGet("/catalog/{kind}/{name}", Show)
            .WithTags("Catalog")
            .WithSummary("One entry; knownAt answers as it was known at a moment")
            .Produces<CatalogEntryView>();
    }

    /// <summary>Everything that is in it now.</summary>
    public static Task<IReadOnlyList<CatalogEntry>> All(IQuerySession session, CancellationToken stop) =>
        session.Query<CatalogEntry>().Where(one => !one.IsRemoved).ToListAsync(stop);

    /// <summary>400, for a kind that there is not.</summary>
    public static IResult Unknown(string kind) =>
        Answers.Problem(400, "malformed", $"'{kind}' is no kind. Give component, system, group, api or resource.");

    /// <summary>404, for an entry that people may have named wrongly.</summary>
    public static IResult Missing(CatalogKind kind, string name) =>
        Answers.Problem(
            404,
            "not-found",
            $"There is no {Cataloguing.WordOf(kind)} '{name}' in the catalog. GET /v1/catalog lists what there is."
        );

    private static async Task<IResult> List(
        IQuerySession session,
        CancellationToken stop,
        string? kind = null,
        string? owner = null
    )
    {
        var wanted = kind is null ? null : Cataloguing.KindOf(kind);
        if (kind is not null && wanted is null)
            return Unknown(kind);
        var all = await All(session, stop);
        var views = all.Where(one => wanted is null || one.Current.Kind == wanted)
            .Where(one => owner is null || one.Current.Entry.Owner == owner)
            .OrderBy(one => one.Current.Kind)
            .ThenBy(one => one.Current.Name, StringComparer.Ordinal)
            .Select(one => one.View(all));
        return TypedResults.Ok(new Page<CatalogEntryView>([.. views], null));
    }

    private static async Task<IResult> Show(
        string kind,
        string name,
        IQuerySession session,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    )
    {
        if (Cataloguing.KindOf(kind) is not { } wanted)
            return Unknown(kind);
        var id = CatalogEntry.IdOf(wanted, name);
        var entry = knownAt is { } then
            ? await session.Events.AggregateStreamAsync<CatalogEntry>(
                id,
                timestamp: then.ToUniversalTime(),
                token: stop
            )
            : await session.LoadAsync<CatalogEntry>(id, stop);
        return entry is null or { IsRemoved: true }
            ? Missing(wanted, name)
            : entry.View(await All(session, stop)).ToView(view => view.Version);
    }
}
