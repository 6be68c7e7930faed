using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Mvc;
using Steady.Budgets.Composites;
using Steady.Budgets.Spending;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Burn;

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
        BudgetReader reader,
        CauseReader causes,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) => Answer(session.Query<Budget>(), page, reader, causes, session, clock, stop);

    private static Task<IResult> ListOfService(
        string service,
        [AsParameters] Paging page,
        BudgetReader reader,
        CauseReader causes,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        Answer(
            session.Query<Budget>().Where(budget => budget.Service == service),
            page,
            reader,
            causes,
            session,
            clock,
            stop
        );

    private static async Task<IResult> Read(
        string objective,
        [FromQuery] int? revision,
        [FromQuery] DateTimeOffset? asOf,
        BudgetReader reader,
        CauseReader causes,
        BudgetAsOfEdges past,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (asOf is { } then)
            return await past.Read(Budget.IdOf(Edges.ObjectiveId(objective)), then, session, stop);
        var found = await session.LoadAsync<Budget>(Budget.IdOf(Edges.ObjectiveId(objective)), stop);
        if (found is null || Statuses.ByRevision(found, revision ?? found.Revision) is not { } budget)
            return Answers.Missing();
        var now = clock.Moment();
        var known = (await Known([budget], session, now, stop))[0];
        var failed = await causes.Failed(budget, known, now, stop);
        var reading = await reader.ReadParts(budget, now, stop);
        var spend = await causes.Shares(budget, known, failed, reading, stop);
        var ids = budget.DependsOn.Select(name => Budget.IdOf(Objectives.Objective.IdOf(name))).ToArray();
        var stands = ids.Length == 0 ? [] : await session.LoadManyAsync<Budget>(stop, ids);
        var ceiling = Ceilings.Of(budget.Target, [.. stands.Select(one => (one.Name, one.Target))]);
        return TypedResults.Ok(Statuses.Of(budget, reading, spend, now, Forecasting.Of(budget, reading), ceiling));
    }

    private static Task<IReadOnlyList<KnownCauses>> Known(
        IReadOnlyList<Budget> budgets,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var longest = budgets.Select(budget => BudgetTerms.LongestOf(budget.Terms)).DefaultIfEmpty().Max();
        return CauseReader.Read(budgets, session, now - longest, now, stop);
    }

    private static async Task<IResult> Answer(
        IQueryable<Budget> budgets,
        Paging page,
        BudgetReader reader,
        CauseReader causes,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await budgets
            .Where(budget => budget.MatchesSql("d.data ->> 'name' > ?", page.Key))
            .OrderBySql("d.data ->> 'name'")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        var now = clock.Moment();
        var known = await Known(found, session, now, stop);
        var failed = new List<IReadOnlyList<FailedBucket>>();
        for (var i = 0; i < found.Count; i++)
            failed.Add(await causes.Failed(found[i], known[i], now, stop));
        var readings = await reader.Read(found, now, stop);
        var statuses = new List<BudgetStatus>();
        for (var i = 0; i < found.Count; i++)
        {
            var spend = await causes.Shares(found[i], known[i], failed[i], readings[i], stop);
            statuses.Add(Statuses.Of(found[i], readings[i], spend, now));
        }

        return TypedResults.Ok(page.Cut(statuses, status => status.Objective, status => status));
    }
}
