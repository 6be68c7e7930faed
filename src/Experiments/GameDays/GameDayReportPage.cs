using System.Text;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Learning;
using Steady.Experiments.Runs;
using Steady.Experiments.Spending;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

/// <summary>The report writes itself from what was stored, at any time; once concluded it no longer changes.</summary>
public static class GameDayReportEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapGet("/{gameday}/report", Get)
            .RequireScope("experiments:read")
            .WithSummary("The report: as JSON, or as a text with 'format=markdown' or 'format=html'")
            .Produces<GameDayReport>()
            .Produces<string>(200, "text/markdown", "text/html")
            .ProducesProblem(400)
            .ProducesProblem(404);

    private static async Task<IResult> Get(
        string gameday,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop,
        string format = "json"
    )
    {
        if (format is not ("json" or "markdown" or "html"))
            return Answers.Problem(
                400,
                "filter-unknown",
                $"'format={format}' is unknown. Give 'json', 'markdown' or 'html'."
            );
        var id = GameDayPageEndpoint.IdOf(gameday);
        var now = clock.GetUtcNow();
        if (await GameDayPageEndpoint.Find(store, id, now, stop) is not { } day)
            return Answers.Missing();
        await using var session = store.QuerySession();
        var happened = await session.Events.FetchStreamAsync(id, token: stop);
        var runs = new List<RunView>();
        foreach (var called in day.Runs)
        {
            if (await RunPageEndpoint.Find(store, called.RunId, stop) is { } run)
                runs.Add(run);
        }

        var lines = happened
            .Select(stored => Sentences.Of(stored.Data))
            .OfType<ReportLine>()
            .Concat(runs.SelectMany(Sentences.Of))
            .OrderBy(line => line.At);
        var findings = await FindingPageEndpoint.OfRuns(store, [.. runs.Select(run => run.Id)], stop);
        var budgets = await RunBudgetEndpoint.OfRuns(store, [.. runs.Select(run => run.Id)], stop);
        var report = new GameDayReport(day, [.. lines], runs, findings, now, budgets);
        return format switch
        {
            "markdown" => TypedResults.Text(ReportText.Markdown(report), "text/markdown", Encoding.UTF8),
            "html" => TypedResults.Text(ReportText.Html(report), "text/html", Encoding.UTF8),
            _ => TypedResults.Ok(report),
        };
    }
}
