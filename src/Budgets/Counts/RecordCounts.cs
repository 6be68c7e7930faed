using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Counts;

public static class RecordCountsEndpoint
{
    private const string Example = """
        {"source":"checkout-638991","sequence":1,"buckets":[
          {"start":"2026-11-24T09:59:50Z","seconds":10,"good":160,"bad":40}]}
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/slis/{sli}/counts", Handle)
            .RequireScope("ingest:counts")
            .Produces<CountsAccepted>(StatusCodes.Status202Accepted)
            .WithTags("Counts")
            .WithSummary("Adds good and bad events to an indicator, exactly once per source and sequence.")
            .WithExample("application/json", JsonNode.Parse(Example)!);

    private static async Task<IResult> Handle(
        string sli,
        RecordCounts counts,
        HttpContext http,
        CountTable table,
        BurnWorker burn,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        try
        {
            return await Record(sli, counts, http.User, table, burn, session, clock, stop);
        }
        catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
        {
            // Also when it is stored and the answer was lost: the ledger knows it when it comes again.
            http.Response.Headers.RetryAfter = "1";
            const string away = "The store did not answer. Send the batch again as it is: it is counted once.";
            return Answers.Problem(503, "not-stored", away);
        }
    }

    private static async Task<IResult> Record(
        string sli,
        RecordCounts counts,
        ClaimsPrincipal user,
        CountTable table,
        BurnWorker burn,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        if (CountBatch.Check(counts, now) is { Count: > 0 } findings)
            return Edges.Invalid(
                "counts-invalid",
                "Nothing of the batch was stored. Repair what 'findings' lists.",
                findings
            );
        var services = await session.Query<Budget>().Where(b => b.Sli == sli).Select(b => b.Service).ToListAsync(stop);
        if (services.Count == 0)
        {
            const string unknown =
                "No objective uses this indicator, so nobody would read the counts. Define one first.";
            return Answers.Problem(404, "sli-unknown", unknown);
        }

        if (user.FindFirst("integration")?.Value is { } integration && !services.Contains(integration))
        {
            var detail =
                $"This token may count for the service '{integration}' only. Use a token of the indicator's service.";
            return Answers.Problem(403, "integration-differs", detail);
        }

        var batch = CountBatch.From(counts);
        var (fate, watermark) = await table.Add(sli, batch, now, Activity.Current?.Id);
        if (fate == BatchFate.Differs)
        {
            const string differs =
                "This source and sequence were stored with other counts. Send new counts under a new sequence.";
            return Answers.Problem(409, "batch-differs", differs);
        }

        // Judged here and not by the next tick, so that an alert carries the trace of the counts that tipped the budget.
        if (fate == BatchFate.Added)
            await burn.Judge([sli], stop);
        var added = fate == BatchFate.Added ? counts.Buckets.Count : 0;
        return TypedResults.Json(
            new CountsAccepted(added, fate == BatchFate.Duplicate, watermark),
            statusCode: StatusCodes.Status202Accepted
        );
    }
}
