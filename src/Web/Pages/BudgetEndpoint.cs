using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

public sealed record BudgetModel(
    BudgetStatus Budget,
    Answer<BudgetHistory> History,
    Answer<Page<GateDecision>> Decisions,
    DateTimeOffset Now
);

public sealed record BudgetsModel(IReadOnlyList<BudgetStatus> Budgets, DateTimeOffset Now);

public static class BudgetEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/budgets", List);
        pages.MapGet("/fragments/budgets", ListFragment);
        pages.MapGet("/budgets/{name}", Page);
        pages.MapGet("/fragments/budgets/{name}", Fragment);
    }

    private static async Task<IResult> List(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetsPage>(await ReadList(apis, clock, stop));

    private static async Task<IResult> ListFragment(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetsPanel>(await ReadList(apis, clock, stop));

    private static async Task<BudgetsModel> ReadList(Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var page = await apis.Budgets.Budgets(limit: 500, stop: stop);
        return new BudgetsModel(
            [.. page.Items.OrderBy(b => b.Remaining ?? 1).ThenBy(b => b.Objective)],
            clock.GetUtcNow()
        );
    }

    private static async Task<IResult> Page(string name, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetPage>(await Read(apis, clock, name, stop));

    private static async Task<IResult> Fragment(string name, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<BudgetPanel>(await Read(apis, clock, name, stop));

    private static async Task<BudgetModel> Read(Apis apis, TimeProvider clock, string name, CancellationToken stop)
    {
        var budget = await apis.Budgets.Budget(name, stop);
        var history = Answer.Of(apis.Budgets.History(budget.Objective, stop: stop));
        var decisions = Answer.Of(apis.Budgets.Decisions(budget.Service, limit: 8, stop: stop));
        return new BudgetModel(budget, await history, await decisions, clock.GetUtcNow());
    }
}
