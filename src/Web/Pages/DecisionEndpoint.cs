using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>One answer of a gate, with all it went by.</summary>
public sealed record DecisionModel(
    GateDecision Decision,
    DateTimeOffset Now,
    string Me,
    bool MayWrite,
    string? Refusal = null,
    Filled? Filled = null
)
{
    public string Path => DecisionEndpoint.Path(Decision.DecisionId);
}

/// <summary>The page of one answer: what was asked, why the gate said so, and letting a denied question through.</summary>
public static class DecisionEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gates/decisions/{id:guid}", Page);
        pages.MapGet("/fragments/gates/decisions/{id:guid}", Fragment);
        pages.MapPost("/gates/decisions/{id:guid}/{what}", Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet("/gates/decisions/{id:guid}/{what}", (Guid id) => TypedResults.LocalRedirect(Path(id)));
    }

    public static string Path(Guid id) => $"/gates/decisions/{id}";

    private static async Task<IResult> Page(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<DecisionPage>(await Read(apis, clock, id, stop));

    private static async Task<IResult> Fragment(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<DecisionPanel>(await Read(apis, clock, id, stop));

    private static Task<IResult> Act(
        Guid id,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        return Refusals.Act(() => Do(apis, id, form, stop), Path(id), Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, clock, id, stop);
            return Html.Of<DecisionPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    /// <summary>What two persons do about a denial; null for a form that there is not.</summary>
    internal static Task? Do(Apis apis, Guid id, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "override" => apis.Gates.Override(
                id,
                new OverrideGate(form.Text("text"), (int?)form.Number("minutes")),
                stop
            ),
            "let-through" => apis.Gates.Approve(id, stop),
            _ => null,
        };

    private static async Task<DecisionModel> Read(Apis apis, TimeProvider clock, Guid id, CancellationToken stop) =>
        new((await apis.Budgets.Decision(id, stop)).Data, clock.GetUtcNow(), apis.Me, apis.May("budgets:write"));
}
