using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <param name="Environment">Whose topology it is.</param>
/// <param name="Environments">Those in which something was broken on purpose, and the one that is shown.</param>
/// <param name="Topology">Null where none is declared.</param>
public sealed record MapModel(
    string Environment,
    IReadOnlyList<string> Environments,
    TopologyView? Topology,
    IReadOnlyList<CatalogEntryView> Catalog,
    IReadOnlyList<BudgetStatus> Budgets,
    IReadOnlyList<RunView> Runs
)
{
    public IReadOnlyList<MapCall> Calls => DrawMap.Calls(Topology, Catalog, Runs);
}

/// <summary>Who calls whom: declared, traced, and proven by breaking it.</summary>
public static class MapEndpoint
{
    private const string Usual = "production";
    private const int Most = 200;
    private const int MostEnvironments = 5;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/map", Page);
        pages.MapGet("/fragments/map", Fragment);
    }

    private static async Task<IResult> Page(Apis apis, CancellationToken stop, string? env = null) =>
        Html.Of<MapPage>(await Read(apis, env, stop));

    private static async Task<IResult> Fragment(Apis apis, CancellationToken stop, string? env = null) =>
        Html.Of<MapPanel>(await Read(apis, env, stop));

    private static async Task<MapModel> Read(Apis apis, string? env, CancellationToken stop)
    {
        var catalog = Answer.Of(apis.Catalog.List(stop: stop));
        var budgets = Answer.Of(apis.Budgets.Budgets(stop: stop));
        var runs = (await Answer.Of(apis.Experiments.Runs(limit: Most, stop: stop))).Value?.Items ?? [];
        string[] environments = [.. runs.Select(run => run.Environment).Append(env ?? Usual).Distinct()];
        var (shown, topology) = await Shown(apis, env is null ? environments : [env], stop);
        return new MapModel(
            shown,
            environments,
            topology,
            (await catalog).Value?.Items ?? [],
            (await budgets).Value?.Items ?? [],
            [.. runs.Where(run => run.Environment == shown)]
        );
    }

    // The first of them whose calls somebody has declared.
    private static async Task<(string Environment, TopologyView? Topology)> Shown(
        Apis apis,
        IReadOnlyList<string> environments,
        CancellationToken stop
    )
    {
        foreach (var one in environments.Take(MostEnvironments))
        {
            if ((await Answer.Of(apis.Experiments.Topology(one, stop))).Value is { } topology)
                return (one, topology);
        }

        return (environments[0], null);
    }
}
