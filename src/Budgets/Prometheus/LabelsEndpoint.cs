using System.Text.RegularExpressions;
using Marten;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Prometheus;

/// <summary>What series, labels and metrics there are: how Grafana's query editor learns what can be asked.</summary>
public static partial class LabelsEndpoint
{
    private const int MostSelectors = 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        QueryEdges.Map(api, "/labels", "Names of all labels.", Names, post: true);
        QueryEdges.Map(api, "/label/{name}/values", "Values of a label.", Values);
        QueryEdges.Map(api, "/series", "Series that match.", Matching, post: true);
        QueryEdges.Map(api, "/metadata", "What each metric means.", Metadata);
        QueryEdges.Map(api, "/status/buildinfo", "Which Prometheus this answers like.", Build);
    }

    private static async Task<IResult> Names(HttpRequest request, IQuerySession session, CancellationToken stop)
    {
        var given = await QueryEdges.Parameters(request, stop);
        var series = await Series(session, given, required: false, stop);
        return Limited(given, series.SelectMany(labels => labels.Keys), QueryAnswers.Names);
    }

    private static async Task<IResult> Values(
        string name,
        HttpRequest request,
        IQuerySession session,
        CancellationToken stop
    )
    {
        if (!LabelName().IsMatch(name))
            throw QueryException.Bad($"invalid label name: {QuerySyntax.Quote(name)}");
        var given = await QueryEdges.Parameters(request, stop);
        var series = await Series(session, given, required: false, stop);
        return Limited(
            given,
            series.Select(labels => labels.GetValueOrDefault(name)).OfType<string>(),
            QueryAnswers.Names
        );
    }

    private static async Task<IResult> Matching(HttpRequest request, IQuerySession session, CancellationToken stop)
    {
        var given = await QueryEdges.Parameters(request, stop);
        var series = await Series(session, given, required: true, stop);
        return QueryEdges.Json(QueryAnswers.SeriesOf(series.Take(Limit(given))));
    }

    private static async Task<IResult> Metadata(HttpRequest request, CancellationToken stop)
    {
        var given = await QueryEdges.Parameters(request, stop);
        var wanted = given["metric"].FirstOrDefault();
        var families = Families.All.Where(family => wanted is null or "" || family.Name == wanted);
        return QueryEdges.Json(QueryAnswers.Metadata(families.Take(Limit(given))));
    }

    private static IResult Build() => QueryEdges.Json(QueryAnswers.Build());

    private static IResult Limited(
        ILookup<string, string> given,
        IEnumerable<string> names,
        Func<IEnumerable<string>, byte[]> write
    ) => QueryEdges.Json(write(names.Distinct().Order(StringComparer.Ordinal).Take(Limit(given))));

    // Nought is no limit, as in Prometheus.
    private static int Limit(ILookup<string, string> given)
    {
        if (given["limit"].FirstOrDefault() is not { Length: > 0 } text)
            return int.MaxValue;
        if (!int.TryParse(text, out var limit) || limit < 0)
            throw QueryException.Bad("limit", "limit must be a non-negative number");
        return limit == 0 ? int.MaxValue : limit;
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Series(
        IQuerySession session,
        ILookup<string, string> given,
        bool required,
        CancellationToken stop
    )
    {
        var texts = given["match[]"].ToList();
        if (texts.Count == 0 && required)
            throw QueryException.Bad("no match[] parameter provided");
        if (texts.Count > MostSelectors)
            throw QueryException.Bad("match[]", $"{MostSelectors} selectors are accepted");
        var selectors = texts.Select(Read).ToList();
        var budgets = await session.Query<Budget>().OrderBy(budget => budget.Name).ToListAsync(stop);
        return
        [
            .. budgets
                .SelectMany(Families.Of)
                .Select(series => series.Labels)
                .Where(labels => selectors.Count == 0 || selectors.Any(selector => selector.Accepts(labels))),
        ];
    }

    private static Selector Read(string text) =>
        QuerySyntax.Read(text).Selector
        ?? throw QueryException.Bad("match[]", $"{QuerySyntax.Quote(text)} is no selector");

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelName();
}
