using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Prometheus;

/// <summary>
/// <c>/api/v1/query</c> and <c>/api/v1/query_range</c>: budgets as series, for tools that read Prometheus. Every value is
/// computed from the counts of its own window, also in the past, so a late count shows where it belongs.
/// </summary>
public static class QueryEndpoint
{
    // So that an answer fits in memory, whoever asks: 48 bytes a value.
    private const int MostValues = 1_000_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        QueryEdges.Map(api, "/query", "Budgets as Prometheus series, at one moment.", Instant, post: true);
        QueryEdges.Map(api, "/query_range", "Budgets as Prometheus series, over a range.", Range, post: true);
    }

    private static async Task<IResult> Instant(
        HttpRequest request,
        CountSums counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var given = await QueryEdges.Parameters(request, stop);
        var now = clock.Moment();
        var at = given["time"].FirstOrDefault() is { Length: > 0 } time ? QueryTimes.Moment("time", time) : now;
        using var deadline = QueryEdges.Deadline(given, clock, stop);
        var query = QuerySyntax.Read(given["query"].FirstOrDefault() ?? "");
        if (query.Selector is not { } selector)
            return QueryEdges.Json(
                query.AsVector
                    ? QueryAnswers.Vector([new Found(new Dictionary<string, string>(), [(at, query.Number)])])
                    : QueryAnswers.Scalar(at, query.Number)
            );
        var chosen = await Choose(session, selector, deadline.Token);
        var tallies = await Tallies(counts, chosen, at, deadline.Token);
        var found = new List<Found>();
        foreach (var ((budget, wanted), sums) in chosen.Zip(tallies))
        {
            var standing = at >= now ? Now(budget) : (await Past(session, budget, deadline.Token)).At(at);
            foreach (var series in wanted)
            {
                var tally = series.Over is { } over ? sums[over] : default;
                if (series.Value(tally, standing) is { } value)
                    found.Add(new Found(series.Labels, [(at, value)]));
            }
        }

        return QueryEdges.Json(QueryAnswers.Vector(found));
    }

    private static async Task<IResult> Range(
        HttpRequest request,
        CountSeries counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var given = await QueryEdges.Parameters(request, stop);
        var steps = Steps.Of(
            QueryTimes.Moment("start", given["start"].FirstOrDefault() ?? ""),
            QueryTimes.Moment("end", given["end"].FirstOrDefault() ?? ""),
            QueryTimes.Length("step", given["step"].FirstOrDefault() ?? "")
        );
        using var deadline = QueryEdges.Deadline(given, clock, stop);
        var query = QuerySyntax.Read(given["query"].FirstOrDefault() ?? "");
        if (query.Selector is not { } selector)
        {
            var points = Enumerable.Range(0, steps.Count).Select(i => (steps.At(i), query.Number)).ToList();
            return QueryEdges.Json(QueryAnswers.Matrix([new Found(new Dictionary<string, string>(), points)]));
        }

        var chosen = await Choose(session, selector, deadline.Token);
        var most = chosen.Sum(one => one.Wanted.Count) * (long)steps.Count;
        if (most > MostValues)
            throw QueryException.TooMuch(
                $"query processing would load too many samples into memory in query execution: {most} values, {MostValues} are answered. Ask for fewer series or steps"
            );
        var found = new List<Found>();
        foreach (var (budget, wanted) in chosen)
            found.AddRange(await Over(budget, wanted, steps, counts, session, deadline.Token));
        return QueryEdges.Json(QueryAnswers.Matrix(found));
    }

    // One budget after the other: its counts are forgotten before the next one's are read.
    private static async Task<IEnumerable<Found>> Over(
        Budget budget,
        IReadOnlyList<Series> wanted,
        Steps steps,
        CountSeries counts,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var longest = wanted.Max(series => series.Over?.Length) ?? TimeSpan.Zero;
        var history =
            longest > TimeSpan.Zero
                ? await counts.Read(budget.Sli, steps.Start - longest, steps.End, stop)
                : new CountHistory([]);
        var standings = await Past(session, budget, stop);
        return wanted
            .Select(series => new Found(series.Labels, Values(series, history, standings, steps)))
            .Where(found => found.Values.Count > 0);
    }

    private static List<(DateTimeOffset, decimal)> Values(
        Series series,
        CountHistory history,
        Standings standings,
        Steps steps
    )
    {
        var values = new List<(DateTimeOffset, decimal)>();
        for (var i = 0; i < steps.Count; i++)
        {
            var at = steps.At(i);
            var tally = series.Over is { } over ? history.In(over, at) : default;
            if (series.Value(tally, standings.At(at)) is { } value)
                values.Add((at, value));
        }

        return values;
    }

    /// <summary>The budgets that have a series which is meant, by name, and those series.</summary>
    private static async Task<IReadOnlyList<(Budget Budget, IReadOnlyList<Series> Wanted)>> Choose(
        IQuerySession session,
        Selector selector,
        CancellationToken stop
    )
    {
        var budgets = await session.Query<Budget>().OrderBy(budget => budget.Name).ToListAsync(stop);
        return
        [
            .. budgets
                .Select(budget =>
                    (
                        budget,
                        Wanted: (IReadOnlyList<Series>)[.. Families.Of(budget).Where(s => selector.Accepts(s.Labels))]
                    )
                )
                .Where(one => one.Wanted.Count > 0),
        ];
    }

    private static async Task<IReadOnlyList<Dictionary<Window, Tally>>> Tallies(
        CountSums counts,
        IReadOnlyList<(Budget Budget, IReadOnlyList<Series> Wanted)> chosen,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        var asked = chosen.Select(one => (one.Budget.Sli, Windows: Windows(one.Wanted))).ToList();
        var tallies = asked.Any(one => one.Windows.Count > 0)
            ? await counts.Tallies([.. asked.Where(one => one.Windows.Count > 0)], at, stop)
            : [];
        var next = 0;
        return
        [
            .. asked.Select(one =>
                one.Windows.Count == 0
                    ? []
                    : one.Windows.Zip(tallies[next++]).ToDictionary(pair => pair.First, pair => pair.Second)
            ),
        ];
    }

    private static IReadOnlyList<Window> Windows(IEnumerable<Series> wanted) =>
        [.. wanted.Select(series => series.Over).OfType<Window>().Distinct().OrderBy(window => window.Length)];

    private static Standing Now(Budget budget)
    {
        var pages = budget.Alerts.Count(alert => alert.Severity == BurnSeverity.Page);
        return new Standing(pages, budget.Alerts.Count - pages, budget.Exhausted);
    }

    private static async Task<Standings> Past(IQuerySession session, Budget budget, CancellationToken stop) =>
        new((await session.Events.FetchStreamAsync(budget.Id, token: stop)).Select(stored => stored.Data));
}
