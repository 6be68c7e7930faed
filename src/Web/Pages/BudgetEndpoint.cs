using System.ComponentModel.DataAnnotations;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

public sealed record BudgetModel(
    BudgetStatus Budget,
    Answer<BudgetHistory> History,
    Answer<Page<GateDecision>> Decisions,
    Answer<Page<AdjustmentView>> Adjustments,
    DateTimeOffset Now,
    string Me,
    bool MayWrite,
    DateTimeOffset? At = null,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;

    public string Path => $"/budgets/{Uri.EscapeDataString(Budget.Objective)}";

    /// <summary>What the gate had said by then; an answer that was overridden later is shown as it was given.</summary>
    public IEnumerable<GateDecision> Said => (Decisions.Value?.Items ?? []).Where(one => At is null || one.At <= At);
}

public sealed record BudgetsModel(
    IReadOnlyList<BudgetStatus> Budgets,
    Answer<Page<CompositeStatus>> Composites,
    DateTimeOffset Now,
    bool MayWrite
);

public static class BudgetEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/budgets", List);
        pages.MapGet("/fragments/budgets", ListFragment);
        pages.MapGet("/budgets/{name}", Page);
        pages.MapGet("/fragments/budgets/{name}", Fragment);
        BudgetActs.Map(pages);
    }

    private static async Task<IResult> List(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetsPage>(await ReadList(apis, clock, stop));

    private static async Task<IResult> ListFragment(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetsPanel>(await ReadList(apis, clock, stop));

    private static async Task<BudgetsModel> ReadList(Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var composites = Answer.Of(apis.Budgets.Composites(limit: 100, stop: stop));
        var page = await apis.Budgets.Budgets(limit: 500, stop: stop);
        return new BudgetsModel(
            [.. page.Items.OrderBy(b => b.Retired).ThenBy(b => b.Remaining ?? 1).ThenBy(b => b.Objective)],
            await composites,
            clock.GetUtcNow(),
            apis.May("budgets:write")
        );
    }

    private static async Task<IResult> Page(
        string name,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        [Range(0, 253402300799999)] long? moment = null
    ) =>
        Then.Chosen($"/budgets/{Uri.EscapeDataString(name)}", moment)
        ?? Html.Of<BudgetPage>(await ReadThen(apis, clock, name, at, stop));

    // A moment that the service cannot answer for good is told over the budget as it is.
    private static async Task<BudgetModel> ReadThen(
        Apis apis,
        TimeProvider clock,
        string name,
        DateTimeOffset? at,
        CancellationToken stop
    )
    {
        try
        {
            return await Read(apis, clock, name, stop, at);
        }
        catch (ProblemException problem) when (at is not null && problem.Status is 400 or 404)
        {
            var sentence =
                problem.Status == 404 ? "This objective was not defined yet at that moment." : problem.Detail;
            return await Read(apis, clock, name, stop) with { Refusal = sentence };
        }
    }

    private static async Task<IResult> Fragment(string name, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetPanel>(await Read(apis, clock, name, stop));

    // The figures are those of the moment, as they were counted then; the line is drawn whole, and what came later faintly.
    internal static async Task<BudgetModel> Read(
        Apis apis,
        TimeProvider clock,
        string name,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        var budget = await apis.Budgets.Budget(name, at, stop);
        var history = Answer.Of(apis.Budgets.History(budget.Objective, stop: stop));
        var decisions = Answer.Of(apis.Budgets.Decisions(budget.Service, limit: at is null ? 8 : 100, stop: stop));
        var adjustments = Answer.Of(apis.Gates.Adjustments(budget.Objective, limit: 8, stop: stop));
        return new BudgetModel(
            budget,
            await history,
            await decisions,
            await adjustments,
            clock.GetUtcNow(),
            apis.Me,
            at is null && apis.May("budgets:write"),
            at
        );
    }
}
