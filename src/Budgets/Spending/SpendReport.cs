using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Spending;

/// <summary>Which stretch is asked for, and how it is grouped.</summary>
public sealed record SpendQuery(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    [property: RegularExpression("^(cause|team|minute)$")] string? By = null
);

public static class SpendReportEndpoint
{
    private static readonly TimeSpan LongestByMinute = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/budgets/{objective}/spend", Read)
            .RequireScope("budgets:read")
            .Produces<SpendReport>()
            .WithTags("Spending")
            .WithSummary(
                "Who spent a budget between two moments, by cause, team or minute; the parts add up to the whole."
            );

    private static async Task<IResult> Read(
        string objective,
        [AsParameters] SpendQuery query,
        CauseReader reader,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<Budget>(Budget.IdOf(Edges.ObjectiveId(objective)), stop) is not { } budget)
            return Answers.Missing();
        var by = Enum.Parse<SpendBy>(query.By ?? "cause", ignoreCase: true);
        var longest = by == SpendBy.Minute ? LongestByMinute : Longest;
        var to = (query.To ?? clock.Moment()).ToUniversalTime();
        var from = (query.From ?? to - TimeSpan.FromDays(1)).ToUniversalTime();
        if (from >= to || to - from > longest)
            return Answers.Problem(
                400,
                "period-invalid",
                $"Give a beginning before the end, at most {longest.TotalDays} days apart for a report by {by}."
            );
        var known = (await CauseReader.Read([budget], session, from, to, stop))[0];
        var (lines, official, excluded) = await reader.Ledger(budget, known, from, to, stop);
        return TypedResults.Ok(
            new SpendReport(
                budget.Name,
                budget.Service,
                from,
                to,
                official.Good,
                official.Bad,
                excluded.Bad,
                SpendReports.Parts(lines, by, official, BurnRates.MayFail(budget.Target))
            )
        );
    }
}
