using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Mvc;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Composites;

public static class CompositeStatusEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/composites", List)
            .RequireScope("budgets:read")
            .Produces<Page<CompositeStatus>>()
            .WithTags("Composites")
            .WithSummary("Lists composites by name, as they stand.");
        routes
            .MapGet("/composites/{name}", Read)
            .RequireScope("budgets:read")
            .Produces<CompositeStatus>()
            .WithTags("Composites")
            .WithSummary("Shows how a composite stands, or stood at a moment: it has the whole history of its parts.");
        routes
            .MapPut("/objectives/{objective}/dependencies", Declare)
            .RequireScope("budgets:write")
            .Produces<DependencyCeiling>()
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Composites")
            .WithSummary("Says which objectives must hold for this one to; answers the ceiling that follows.");
    }

    private static async Task<IResult> List(
        [AsParameters] Paging page,
        IQuerySession session,
        CompositeReader reader,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await session
            .Query<Composite>()
            .Where(composite => !composite.Retired)
            .Where(composite => composite.MatchesSql("d.data ->> 'name' > ?", page.Key))
            .OrderBySql("d.data ->> 'name'")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        var now = clock.Moment();
        var statuses = new List<CompositeStatus>();
        foreach (var composite in found)
            statuses.Add(await reader.Read(composite, session, now, stop));
        return TypedResults.Ok(page.Cut(statuses, status => status.Name, status => status));
    }

    private static async Task<IResult> Read(
        string name,
        [FromQuery] DateTimeOffset? at,
        IQuerySession session,
        CompositeReader reader,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var composite = await session.LoadAsync<Composite>(Composite.IdOf(name), stop);
        if (composite is null or { Retired: true })
            return Answers.Missing();
        var now = clock.Moment();
        var moment = at is { } asked && asked < now ? asked.ToUniversalTime() : now;
        return (await reader.Whole(composite, session, moment, stop)).ToView(view => view.Version);
    }

    private static async Task<IResult> Declare(
        string objective,
        DeclareDependencies wanted,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var names = wanted.Objectives.Distinct().Order(StringComparer.Ordinal).ToList();
        var known = await session.Query<Budget>().Where(budget => names.Contains(budget.Name)).ToListAsync(stop);
        var now = clock.Moment();
        var id = Budget.IdOf(Edges.ObjectiveId(objective));
        var outcome = await streams.Decide<Budget>(
            id,
            version,
            by,
            budget => Depending.Decide(budget, names, [.. known], now),
            stop
        );
        if (outcome is not Outcome.Done)
            return outcome.ToResult();
        var own = (await session.LoadAsync<Budget>(id, stop))!;
        return Ceilings.Of(own.Target, [.. known.Select(budget => (budget.Name, budget.Target))]) is { } ceiling
            ? TypedResults.Ok(ceiling)
            : TypedResults.NoContent();
    }
}
