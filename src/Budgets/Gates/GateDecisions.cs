using Marten;
using Marten.Linq.MatchesSql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

public static class GateDecisionsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/gates/decisions/{id:guid}", Read)
            .RequireScope("gate:ask", "budgets:read")
            .Produces<GateAnswer>()
            .WithTags("Gates")
            .WithSummary("Shows a gate decision as it was made.");
        routes
            .MapGet("/gates/{service}/decisions", List)
            .RequireScope("gate:ask", "budgets:read")
            .Produces<Page<GateDecision>>()
            .WithTags("Gates")
            .WithSummary("Lists the gate decisions of a service, newest first.");
    }

    private static async Task<IResult> Read(Guid id, IQuerySession session, CancellationToken stop) =>
        (await session.LoadAsync<Gate>(id, stop)) is { } gate
            ? TypedResults.Ok(new GateAnswer(gate.View()))
            : Answers.Missing();

    private static async Task<IResult> List(
        string service,
        [AsParameters] Paging page,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var found = await session
            .Query<Gate>()
            .Where(gate => gate.Service == service)
            .Where(gate => gate.MatchesSql("(? = '' or d.data ->> 'order' < ?)", page.Key, page.Key))
            .OrderBySql("d.data ->> 'order' desc")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        return TypedResults.Ok(page.Cut(found, gate => gate.Order, gate => gate.View()));
    }
}
