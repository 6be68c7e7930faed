using Marten;
using Marten.Linq.MatchesSql;
using Steady.Budgets.Counts;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Burn;

/// <summary>How a budget stands, from its state and its counts. Pure.</summary>
public static class Statuses
{
    public static BudgetStatus Of(Budget budget, Figures figures, DateTimeOffset now)
    {
        var mayFail = BurnRates.MayFail(budget.Target);
        var windows = BurnWindows.Of(Window.Parse(budget.Window));
        var whole = figures.Tallies[^1];
        return new BudgetStatus(
            budget.Of.ObjectiveId,
            budget.Name,
            budget.DisplayName,
            budget.Service,
            budget.Target,
            budget.Window,
            StateOf(budget, whole, mayFail),
            whole.Good,
            whole.Bad,
            whole.Allowed(mayFail),
            whole.Remaining(mayFail),
            [.. windows.Zip(figures.Tallies, (window, tally) => Rate(window, tally, mayFail))],
            [.. budget.Alerts.OrderBy(alert => alert.Severity).ThenByDescending(alert => alert.Factor)],
            Attribution.Shares(budget.Causes, figures.Failed, whole, mayFail),
            figures.Watermark,
            now
        );
    }

    private static BurnRate Rate(Window window, Tally tally, Ratio mayFail) =>
        new(window.Name, tally.Good, tally.Bad, tally.Rate(mayFail));

    private static BudgetState StateOf(Budget budget, Tally whole, Ratio mayFail) =>
        whole switch
        {
            { Total: var total } when total == 0 => BudgetState.NoData,
            _ when whole.IsExhausted(mayFail) => BudgetState.Exhausted,
            _ when budget.Alerts.Count > 0 => BudgetState.Burning,
            _ => BudgetState.Healthy,
        };
}

public static class BudgetStatusEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/budgets", List)
            .RequireScope("budgets:read")
            .Produces<Page<BudgetStatus>>()
            .WithTags("Budgets")
            .WithSummary("Lists budgets by name: what is left, how fast it burns, who spent it.");
        routes
            .MapGet("/services/{service}/budgets", ListOfService)
            .RequireScope("budgets:read")
            .Produces<Page<BudgetStatus>>()
            .WithTags("Budgets")
            .WithSummary("Lists the budgets of one service.");
        routes
            .MapGet("/budgets/{objective}", Read)
            .RequireScope("budgets:read")
            .Produces<BudgetStatus>()
            .WithTags("Budgets")
            .WithSummary("Shows how one budget stands, by the objective's id or name.");
    }

    private static Task<IResult> List(
        [AsParameters] Paging page,
        CountSums counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) => Answer(session.Query<Budget>(), page, counts, clock, stop);

    private static Task<IResult> ListOfService(
        string service,
        [AsParameters] Paging page,
        CountSums counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) => Answer(session.Query<Budget>().Where(budget => budget.Service == service), page, counts, clock, stop);

    private static async Task<IResult> Read(
        string objective,
        CountSums counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var budget = await session.LoadAsync<Budget>(Budget.IdOf(Edges.ObjectiveId(objective)), stop);
        if (budget is null)
            return Answers.Missing();
        return TypedResults.Ok(await Status(budget, counts, clock, stop));
    }

    private static async Task<IResult> Answer(
        IQueryable<Budget> budgets,
        Paging page,
        CountSums counts,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await budgets
            .Where(budget => budget.MatchesSql("d.data ->> 'name' > ?", page.Key))
            .OrderBySql("d.data ->> 'name'")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        var statuses = new List<BudgetStatus>();
        foreach (var budget in found)
            statuses.Add(await Status(budget, counts, clock, stop));
        return TypedResults.Ok(page.Cut(statuses, status => status.Objective, status => status));
    }

    private static async Task<BudgetStatus> Status(
        Budget budget,
        CountSums counts,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var windows = BurnWindows.Of(Window.Parse(budget.Window));
        return Statuses.Of(budget, await counts.Read(budget.Sli, windows, budget.Causes, now, stop), now);
    }
}
