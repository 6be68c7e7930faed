using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>
/// What is known of who needs whom is declared and withdrawn, by forms of the map: calls, what people do, how many containers a service has.
/// The service takes what is declared as a whole: it is read, changed at one place, and set on the version that was read.
/// </summary>
public static class MapActs
{
    private const string At = "/map/{what:regex(^(declare|withdraw|operation|operation-gone|replicas|traced)$)}";

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
        if (form.What == "traced")
        {
            await apis.Experiments.ApplyTopology(environment, form.Document, traced: true, stop);
            return;
        }

        var now = await Then.Known(apis.Experiments.Topology(environment, stop));
        var declaration = Changed(Declared(now), form) with { Reason = form.Given("reason") };
        await apis.Experiments.DeclareTopology(environment, declaration, now?.Version ?? 0, stop);
    }

    private static TopologyDeclaration Declared(TopologyView? now) =>
        new(
            [.. (now?.Edges ?? []).Where(IsDeclared).Select(Edge)],
            now?.Operations ?? [],
            [.. (now?.Services ?? []).Where(service => service.Replicas > 1)]
        );

    /// <summary>What is declared, with what a form changes of it. What is declared already is written anew. Pure.</summary>
    public static TopologyDeclaration Changed(TopologyDeclaration declared, Filled form) =>
        form.What switch
        {
            "withdraw" => declared with { Edges = [.. declared.Edges.Where(edge => Proxy(edge) != form.Text("call"))] },
            "operation" => declared with { Operations = [.. Others(declared, form), Operation(form)] },
            "operation-gone" => declared with { Operations = Others(declared, form) },
            "replicas" => declared with { Services = Replicated(declared, form) },
            _ => declared with
            {
                Edges = [.. declared.Edges.Where(edge => (edge.From, edge.To) != Ends(form)), Edge(form)],
            },
        };

    private static IReadOnlyList<Operation> Others(TopologyDeclaration declared, Filled form) =>
        [.. (declared.Operations ?? []).Where(one => one.Name != form.Text("name"))];

    // A number that cannot be read is one that the service refuses.
    private static Operation Operation(Filled form) =>
        new(
            form.Text("name"),
            form.Text("entry"),
            form.Given("needs") is null ? null : form.Services("needs"),
            form.Given("weight") is null ? 1 : form.Fraction("weight") ?? 0
        );

    private static IReadOnlyList<ReplicatedService> Replicated(TopologyDeclaration declared, Filled form) =>
        [
            .. (declared.Services ?? []).Where(one => one.Name != form.Text("service")),
            new ReplicatedService(form.Text("service"), (int)Math.Clamp(form.Number("replicas") ?? 0, 0, int.MaxValue)),
        ];

    /// <summary>What the catalog and traces know of is not declared here.</summary>
    public static bool IsDeclared(TopologyEdge edge) =>
        edge is { FromCatalog: false, Knowledge: not EdgeKnowledge.TracedOnly };

    private static DeclaredEdge Edge(TopologyEdge edge) =>
        new(edge.From, edge.To, edge.Strength, edge.Proxy == $"{edge.From}-{edge.To}" ? null : edge.Proxy);

    private static string Proxy(DeclaredEdge edge) => edge.Proxy ?? $"{edge.From}-{edge.To}";

    private static DeclaredEdge Edge(Filled form) =>
        new(
            form.Text("from"),
            form.Text("to"),
            form.One<DependencyStrength>("strength") ?? DependencyStrength.Hard,
            form.Given("proxy")
        );

    private static (string From, string To) Ends(Filled form) => (form.Text("from"), form.Text("to"));
}
