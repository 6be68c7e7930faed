using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <param name="Environment">Whose topology it is.</param>
/// <param name="Environments">Those in which something was broken on purpose, and the one that is shown.</param>
/// <param name="Topology">Null where none is declared.</param>
/// <param name="Gone">How many per cent of all containers are thought away; null where nobody asks.</param>
/// <param name="Survival">How much would keep working without them.</param>
public sealed record MapModel(
    string Environment,
    IReadOnlyList<string> Environments,
    TopologyView? Topology,
    IReadOnlyList<CatalogEntryView> Catalog,
    IReadOnlyList<BudgetStatus> Budgets,
    IReadOnlyList<RunView> Runs,
    bool MayDesign,
    DateTimeOffset Now,
    string? Gone = null,
    Answer<SurvivalPrediction>? Survival = null,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;

    public string Path => MapEndpoint.Path(Environment);

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
        MapActs.Map(pages);
    }

    public static string Path(string environment) => $"/map?env={Uri.EscapeDataString(environment)}";

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? env = null,
        string? gone = null
    ) => Html.Of<MapPage>(await Thought(apis, await Read(apis, clock, env, stop), gone, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? env = null
    ) => Html.Of<MapPanel>(await Read(apis, clock, env, stop));

    private static async Task<MapModel> Thought(Apis apis, MapModel model, string? gone, CancellationToken stop)
    {
        if (gone is null)
            return model;
        if (!decimal.TryParse(gone, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            return model with { Gone = gone, Refusal = "How many per cent are gone is no number, for example 10." };
        var survival = await Answer.Of(apis.Experiments.Survival(model.Environment, percent / 100, stop));
        return model with { Gone = gone, Survival = survival };
    }

    internal static async Task<MapModel> Read(Apis apis, TimeProvider clock, string? env, CancellationToken stop)
    {
        var catalog = Answer.Of(apis.Catalog.List(stop: stop));
        var budgets = Answer.Of(Answer.Whole(after => apis.Budgets.Budgets(500, after, stop)));
        var runs = (await Answer.Of(apis.Experiments.Runs(limit: Most, stop: stop))).Value?.Items ?? [];
        string[] environments = [.. runs.Select(run => run.Environment).Append(env ?? Usual).Distinct()];
        var (shown, topology) = await Shown(apis, env is null ? environments : [env], stop);
        return new MapModel(
            shown,
            environments,
            topology,
            (await catalog).Value?.Items ?? [],
            (await budgets).Value?.Items ?? [],
            [.. runs.Where(run => run.Environment == shown)],
            apis.May("experiments:design"),
            clock.GetUtcNow()
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
