using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

public static class Retiring
{
    public static Decision Decide(Objective objective, string by, DateTimeOffset now) =>
        objective.RetiredAt is null ? [new ObjectiveRetired(by, now)] : [];
}

public static class RetireObjectiveEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/objectives/{objective}/retire", Handle)
            .RequireScope("budgets:write")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Objectives")
            .WithSummary("Ends an objective: no more alerts and gates. Its figures and its history are kept.");

    private static async Task<IResult> Handle(
        string objective,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        BudgetReader reader,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (Edges.ObjectiveId(objective), clock.Moment());
        var budget = await session.LoadAsync<Budget>(Budget.IdOf(id), stop);
        Tally? stood = budget is null ? null : (await reader.Read(budget, now, stop)).Whole(budget.Terms);
        var outcome = await streams.Decide<Objective>(
            id,
            version,
            by,
            current => Retiring.Decide(current, by.Name, now),
            stop,
            with: writing => writing.Events.Append(Budget.IdOf(id), new BudgetRetired(budget!.Of, now, stood))
        );
        return outcome.ToResult();
    }
}
