using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Adjustments;

public static class AdjustmentEndpoint
{
    private const string Example = """
        {"from":"2026-11-24T08:00:00Z","to":"2026-11-24T08:20:00Z","category":"companyNetwork",
         "reason":"The backbone of the company was down."}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/budgets/{objective}/adjustments", Propose)
            .RequireScope("budgets:write")
            .Produces<AdjustmentView>(StatusCodes.Status201Created)
            .WithTags("Adjustments")
            .WithSummary("Proposes that a past period counts neither as good nor as bad.")
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapPost("/budgets/{objective}/adjustments/{id:guid}/approve", Approve)
            .RequireScope("budgets:write")
            .Produces<AdjustmentView>()
            .WithTags("Adjustments")
            .WithSummary("Approves what somebody else proposed: from now on the period is left out.");
        routes
            .MapPost("/budgets/{objective}/adjustments/{id:guid}/revoke", Revoke)
            .RequireScope("budgets:write")
            .Produces<AdjustmentView>()
            .WithTags("Adjustments")
            .WithSummary("Takes an adjustment back: the period counts again.")
            .WithExample("application/json", JsonNode.Parse("""{"reason":"It was our own change."}""")!);
        routes
            .MapGet("/budgets/{objective}/adjustments", List)
            .RequireScope("budgets:read")
            .Produces<Page<AdjustmentView>>()
            .WithTags("Adjustments")
            .WithSummary("Lists the adjustments of an objective, newest first.");
    }

    private static async Task<IResult> Propose(
        string objective,
        ProposeAdjustment command,
        NewStream stream,
        Actor by,
        AdjustmentReader adjustments,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var outcome = await adjustments.Change(
            objective,
            by,
            now,
            (book, budget, rules) =>
                Adjusting.Propose(
                    book,
                    stream.Id,
                    budget.Of,
                    BudgetTerms.PeriodOf(budget.Terms).Length,
                    command,
                    rules,
                    by.Name,
                    now
                ),
            stop
        );
        if (outcome is Outcome.Refused { Reason: { Code: "idempotency-key-reused" } reason })
            return Answers.Problem(422, reason.Code, reason.Detail);
        return outcome is Outcome.Done
            ? TypedResults.Created(
                $"/v1/budgets/{objective}/adjustments",
                await adjustments.Find(objective, stream.Id, stop)
            )
            : outcome.ToResult();
    }

    private static async Task<IResult> Approve(
        string objective,
        Guid id,
        Actor by,
        AdjustmentReader adjustments,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var outcome = await adjustments.Change(
            objective,
            by,
            now,
            (book, budget, rules) =>
                book is null
                    ? Adjusting.Unknown()
                    : Adjusting.Approve(book, id, BudgetTerms.PeriodOf(budget.Terms).Length, rules, by.Name, now),
            stop
        );
        return await Answer(outcome, objective, id, adjustments, stop);
    }

    private static async Task<IResult> Revoke(
        string objective,
        Guid id,
        RevokeAdjustment command,
        Actor by,
        AdjustmentReader adjustments,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var outcome = await adjustments.Change(
            objective,
            by,
            now,
            (book, _, _) =>
                book is null ? Adjusting.Unknown() : Adjusting.Revoke(book, id, command.Reason, by.Name, now),
            stop
        );
        return await Answer(outcome, objective, id, adjustments, stop);
    }

    private static async Task<IResult> List(
        string objective,
        [AsParameters] Paging page,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var id = Edges.ObjectiveId(objective);
        if (await session.LoadAsync<Budget>(Budget.IdOf(id), stop) is null)
            return Answers.Missing();
        var book = await session.LoadAsync<AdjustmentBook>(AdjustmentBook.IdOf(id), stop);
        var all = (book?.Adjustments ?? [])
            .Reverse()
            .Where(one => page.Key is "" || string.CompareOrdinal(Key(one), page.Key) < 0);
        return TypedResults.Ok(page.Cut([.. all.Take(page.Limit + 1)], Key, one => one));
    }

    private static string Key(AdjustmentView one) => $"{one.ProposedAt.UtcTicks:D19}-{one.Id}";

    private static async Task<IResult> Answer(
        Outcome outcome,
        string objective,
        Guid id,
        AdjustmentReader adjustments,
        CancellationToken stop
    ) =>
        outcome switch
        {
            Outcome.Refused { Reason.Code: "adjustment-unknown" } => Answers.Missing(),
            Outcome.Done => TypedResults.Ok(await adjustments.Find(objective, id, stop)),
            _ => outcome.ToResult(),
        };
}
