using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>
/// A call of one service to another is declared and withdrawn, by forms of the map. The service takes what is declared as a whole: it is
/// read, changed at one place, and set on the version that was read.
/// </summary>
public static class MapActs
{
    private const string At = "/map/{what:regex(^(declare|withdraw)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/map"));
    }

    private static async Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var environment = form.Text("env");
        return await Refusals.Act(() => Change(apis, environment, form, stop), MapEndpoint.Path(environment), Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await MapEndpoint.Read(apis, clock, environment, stop);
            return Html.Of<MapPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static async Task Change(Apis apis, string environment, Filled form, CancellationToken stop)
    {
        var now = await Then.Known(apis.Experiments.Topology(environment, stop));
        var said = (now?.Edges ?? []).Where(IsDeclared);
        IReadOnlyList<DeclaredEdge> edges =
            form.What == "withdraw"
                ? [.. said.Where(edge => edge.Proxy != form.Text("call")).Select(Edge)]
                : [.. said.Select(Edge).Where(edge => (edge.From, edge.To) != Ends(form)), Edge(form)];
        var declaration = new TopologyDeclaration(
            edges,
            now?.Operations,
            [.. (now?.Services ?? []).Where(service => service.Replicas > 1)],
            form.Given("reason")
        );
        await apis.Experiments.DeclareTopology(environment, declaration, now?.Version ?? 0, stop);
    }

    /// <summary>What the catalog and traces know of is not declared here.</summary>
    public static bool IsDeclared(TopologyEdge edge) =>
        edge is { FromCatalog: false, Knowledge: not EdgeKnowledge.TracedOnly };

    private static DeclaredEdge Edge(TopologyEdge edge) =>
        new(edge.From, edge.To, edge.Strength, edge.Proxy == $"{edge.From}-{edge.To}" ? null : edge.Proxy);

    private static DeclaredEdge Edge(Filled form) =>
        new(
            form.Text("from"),
            form.Text("to"),
            form.One<DependencyStrength>("strength") ?? DependencyStrength.Hard,
            form.Given("proxy")
        );

    private static (string From, string To) Ends(Filled form) => (form.Text("from"), form.Text("to"));
}
