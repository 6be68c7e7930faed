using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
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
    private static readonly Reading Nothing = new([], [], null, []);

    public static void Map(IEndpointRouteBuilder api)
    {
        QueryEdges.Map(api, "/query", "Budgets as Prometheus series, at one moment.", Instant, post: true);
        QueryEdges.Map(api, "/query_range", "Budgets as Prometheus series, over a range.", Range, post: true);
    }

    private static async Task<IResult> Instant(
        HttpRequest request,
        BudgetReader reader,
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
        var found = new List<Found>();
        var chosen = Chosen(await Budgets(session, deadline.Token), selector, at).ToList();
        var counted = chosen.Where(one => one.Wanted.Any(series => series.Counts)).Select(one => one.Version).ToList();
        var readings = await reader.Read(counted, at, deadline.Token);
        foreach (var (budget, version, wanted) in chosen)
        {
            var standing = at >= now ? Now(budget) : (await Past(session, budget, deadline.Token)).At(at);
            var reading = counted.IndexOf(version) is var place and >= 0 ? readings[place] : Nothing;
            foreach (var series in wanted)
            {
                if (series.Value(reading, standing) is { } value)
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

        var found = new List<Found>();
        foreach (var budget in await Budgets(session, deadline.Token))
        {
            var versions = BudgetVersion
                .Of(budget)
                .Select(version => (version, Wanted: Wanted(version.Budget, selector)))
                .Where(one => one.Wanted.Count > 0)
                .ToList();
            if (versions.Count == 0)
                continue;
            found.AddRange(await Over(budget, versions, steps, counts, session, deadline.Token));
            if (found.Sum(series => (long)series.Values.Count) > MostValues)
                throw QueryException.TooMuch(
                    $"query processing would load too many samples into memory in query execution: {MostValues} are answered. Ask for fewer series or steps"
                );
        }

        return QueryEdges.Json(QueryAnswers.Matrix(found));
    }

    // One budget after the other: its counts are forgotten before the next one's are read.
    private static async Task<IEnumerable<Found>> Over(
        Budget budget,
        IReadOnlyList<(BudgetVersion Version, IReadOnlyList<Series> Wanted)> versions,
        Steps steps,
        CountSeries counts,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var standings = await Past(session, budget, stop);
        var found = new Dictionary<string, (Series Series, List<(DateTimeOffset, decimal)> Values)>();
        foreach (var (version, wanted) in versions)
        {
            var replay = await Replay(version.Budget, wanted, steps, counts, stop);
            foreach (var at in steps.Within(version.From, version.Until))
            {
                stop.ThrowIfCancellationRequested();
                var (reading, standing) = (replay?.At(at) ?? Nothing, standings.At(at));
                foreach (var series in wanted)
                {
                    if (series.Value(reading, standing) is not { } value)
                        continue;
                    var key = string.Join('\u001f', series.Labels);
                    if (!found.TryGetValue(key, out var one))
                        found.Add(key, one = (series, []));
                    one.Values.Add((at, value));
                }
            }
        }

        return found.Values.Select(one => new Found(one.Series.Labels, one.Values));
    }

    private static async Task<Replay?> Replay(
        Budget budget,
        IReadOnlyList<Series> wanted,
        Steps steps,
        CountSeries counts,
        CancellationToken stop
    )
    {
        if (!wanted.Any(series => series.Counts))
            return null;
        var since = steps.Start - BudgetTerms.LongestOf(budget.Terms) - TimeSpan.FromDays(1);
        return new Replay(budget, await counts.Read(budget.Sli, since, steps.End, stop));
    }

    /// <summary>The budgets that have a series which is meant, by the terms that held at the moment, and those series.</summary>
    private static IEnumerable<(Budget Budget, Budget Version, IReadOnlyList<Series> Wanted)> Chosen(
        IReadOnlyList<Budget> budgets,
        Selector selector,
        DateTimeOffset at
    ) =>
        budgets
            .Select(budget => (budget, Version: BudgetVersion.Of(budget).First(version => version.Holds(at)).Budget))
            .Select(one => (one.budget, one.Version, Wanted: Wanted(one.Version, selector)))
            .Where(one => one.Wanted.Count > 0);

    private static IReadOnlyList<Series> Wanted(Budget budget, Selector selector) =>
        [.. Families.Of(budget).Where(series => selector.Accepts(series.Labels))];

    private static Task<IReadOnlyList<Budget>> Budgets(IQuerySession session, CancellationToken stop) =>
        session.Query<Budget>().Where(budget => !budget.Retired).OrderBy(budget => budget.Name).ToListAsync(stop);

    private static Standing Now(Budget budget)
    {
        var pages = budget.Alerts.Count(alert => alert.Severity == BurnSeverity.Page);
        return new Standing(pages, budget.Alerts.Count - pages, budget.Exhausted);
    }

    private static async Task<Standings> Past(IQuerySession session, Budget budget, CancellationToken stop) =>
        new((await session.Events.FetchStreamAsync(budget.Id, token: stop)).Select(stored => stored.Data));
}
