using Marten;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Objectives;

/// <summary>Asks what the catalog says of services.</summary>
public static class CatalogEndpoint
{
    /// <summary>The objective, with what the catalog has to say to it.</summary>
    public static async Task<ObjectiveView> Hinted(
        this IQuerySession session,
        ObjectiveView view,
        CancellationToken stop
    )
    {
        var known = await session.LoadAsync<CatalogService>(view.Service, stop);
        var isEmpty = known is null && !await session.Query<CatalogService>().AnyAsync(one => !one.IsRemoved, stop);
        return view with { Hints = CatalogHints.Of(view.Service, known, isEmpty), Owner = known?.Team };
    }

    /// <summary>The teams that services belong to, as far as the catalog knows them.</summary>
    public static async Task<Dictionary<string, string?>> TeamsOf(
        this IQuerySession session,
        string[] services,
        CancellationToken stop
    ) => (await session.LoadManyAsync<CatalogService>(stop, services)).ToDictionary(one => one.Id, one => one.Team);

    /// <summary>The team that a service belongs to; null when the catalog names none.</summary>
    public static async Task<string?> TeamOf(this IQuerySession session, string service, CancellationToken stop) =>
        (await session.LoadAsync<CatalogService>(service, stop))?.Team;
}
