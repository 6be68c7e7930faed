using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>A call of one service to another, and what is known of it.</summary>
/// <param name="Soft">The caller goes on with less.</param>
/// <param name="Knowledge">Who knows of it; null where only the catalog does.</param>
/// <param name="Run">The newest run that broke this call on purpose and could tell; null when none did.</param>
public sealed record MapCall(string From, string To, bool Soft, EdgeKnowledge? Knowledge, RunView? Run)
{
    /// <summary>How much of what the caller answered failed, at the rung that broke it.</summary>
    public decimal? Fails =>
        Run is { Verdict: Verdict.Broke } run
        && run.Rungs.LastOrDefault(rung => rung.Held == false) is { } rung
        && rung.Good + rung.Bad > 0
            ? (decimal)rung.Bad / (rung.Good + rung.Bad)
            : null;

    public string Tone =>
        Run?.Verdict switch
        {
            Verdict.Broke => "broke",
            Verdict.Held => "proven",
            _ => "believed",
        };

    public string Says =>
        Run?.Verdict switch
        {
            Verdict.Broke => Fails is { } share ? $"broke: {Words.Percent(share, "0")} failed" : "broke",
            Verdict.Held => "proven: the caller held",
            _ => "only believed",
        };
}

public sealed record MapNode(string Name, string? Team, BudgetStatus? Budget, string Href, double X, double Y)
{
    public string Tone =>
        Budget?.Remaining switch
        {
            null => "unknown",
            <= 0 => "bad",
            < 0.25m => "warn",
            _ => "ok",
        };
}

public sealed record MapEdge(MapCall Call, string Path, double LabelX, double LabelY);

/// <param name="Alone">Services of which no call is known.</param>
public sealed record ServiceMap(
    IReadOnlyList<MapNode> Nodes,
    IReadOnlyList<MapEdge> Edges,
    IReadOnlyList<MapNode> Alone,
    double Width,
    double Height
);

/// <summary>Who calls whom, as a picture. Pure.</summary>
public static class DrawMap
{
    public const double NodeWidth = 150;
    public const double NodeHeight = 50;
    private const double Between = 108;
    private const double Margin = 16;

    /// <summary>What the topology and the catalog know of, once each, with what experiments have shown.</summary>
    public static IReadOnlyList<MapCall> Calls(
        TopologyView? topology,
        IReadOnlyList<CatalogEntryView> catalog,
        IReadOnlyList<RunView> runs
    )
    {
        var known = (topology?.Edges ?? [])
            .Select(edge => new MapCall(
                edge.From,
                edge.To,
                edge.Strength == DependencyStrength.Soft,
                edge.Knowledge,
                Proof(edge.Proxy)
            ))
            .ToList();
        var told = known.Select(call => (call.From, call.To)).ToHashSet();
        var believed = catalog
            .Where(entry => entry.Kind == CatalogKind.Component)
            .SelectMany(entry =>
                entry.DependsOn.Select(need => new MapCall(
                    entry.Name,
                    need.Name,
                    need.Strength == DependencyStrength.Soft,
                    null,
                    Proof($"{entry.Name}-{need.Name}")
                ))
            )
            .Where(call => !told.Contains((call.From, call.To)));
        return
        [
            .. known
                .Concat(believed)
                .OrderBy(call => call.From, StringComparer.Ordinal)
                .ThenBy(call => call.To, StringComparer.Ordinal),
        ];

        RunView? Proof(string edge) =>
            runs.Where(run => run.Edge == edge && run.Verdict is Verdict.Held or Verdict.Broke)
                .MaxBy(run => run.StartedAt);
    }

    public static ServiceMap Of(
        IReadOnlyList<MapCall> calls,
        IReadOnlyList<CatalogEntryView> catalog,
        IReadOnlyList<BudgetStatus> budgets
    )
    {
        // In one order always: sums of fractions depend on it, and the same calls are to be the same picture.
        var drawn = calls
            .Where(call => call.From != call.To)
            .OrderBy(call => call.From, StringComparer.Ordinal)
            .ThenBy(call => call.To, StringComparer.Ordinal)
            .ToList();
        (string From, string To)[] edges = [.. drawn.Select(call => (call.From, call.To)).Distinct()];
        var ranks = MapLayers.Ranks(edges);
        var columns = MapLayers.Columns(edges, ranks);
        var places = columns
            .SelectMany(column => column)
            .ToDictionary(
                slot => slot.Key,
                slot => (X: Margin + slot.Rank * (NodeWidth + Between), Y: slot.Y + Margin)
            );
        var entries = catalog.Where(entry => entry.Kind == CatalogKind.Component).ToList();
        MapNode[] nodes =
        [
            .. ranks
                .Keys.Order(StringComparer.Ordinal)
                .Select(name => Node(name, places[name].X, places[name].Y, catalog, budgets)),
        ];
        return new ServiceMap(
            nodes,
            [.. drawn.Select(call => Edge(call, ranks, places))],
            [
                .. entries
                    .Where(entry => !ranks.ContainsKey(entry.Name))
                    .Select(entry => Node(entry.Name, 0, 0, catalog, budgets)),
            ],
            Margin * 2 + Math.Max(1, columns.Count) * (NodeWidth + Between) - Between,
            Margin * 2
                + columns.SelectMany(column => column).Select(slot => slot.Y).DefaultIfEmpty(0).Max()
                + MapLayers.ServiceHeight / 2
        );
    }

    private static MapNode Node(
        string name,
        double x,
        double y,
        IReadOnlyList<CatalogEntryView> catalog,
        IReadOnlyList<BudgetStatus> budgets
    )
    {
        var budget = budgets.Where(one => one.Service == name).MinBy(one => one.Remaining ?? 1);
        var entry = catalog.FirstOrDefault(one => one.Name == name);
        return new MapNode(
            name,
            entry?.Owner
                ?? (entry is { Kind: not CatalogKind.Component } other ? $"{other.Kind}".ToLowerInvariant() : null),
            budget,
            budget is { } left ? $"/budgets/{Uri.EscapeDataString(left.Objective)}"
                : entry is null ? "/catalog"
                : $"/catalog#service-{Uri.EscapeDataString(name)}",
            x,
            y
        );
    }

    // From the caller's right side to the callee's left, through the room that is kept for it in the columns between. A call that goes
    // back bends around below.
    private static MapEdge Edge(
        MapCall call,
        IReadOnlyDictionary<string, int> ranks,
        IReadOnlyDictionary<string, (double X, double Y)> places
    )
    {
        var (from, to) = (places[call.From], places[call.To]);
        var (x, y) = (from.X + NodeWidth, from.Y);
        if (ranks[call.From] >= ranks[call.To])
        {
            var low = Math.Max(from.Y, to.Y) + NodeHeight;
            return new MapEdge(
                call,
                $"M{N(x)} {N(y)}C{N(x + Between)} {N(low)} {N(to.X - Between)} {N(low)} {N(to.X)} {N(to.Y)}",
                (x + to.X) / 2,
                low
            );
        }

        var path = $"M{N(x)} {N(y)}";
        for (var rank = ranks[call.From] + 1; rank < ranks[call.To]; rank++)
        {
            var pass = places[MapLayers.Pass(call.From, call.To, rank)];
            path += $"{Bend(x, y, pass.X, pass.Y)}L{N(pass.X + NodeWidth)} {N(pass.Y)}";
            (x, y) = (pass.X + NodeWidth, pass.Y);
        }

        return new MapEdge(call, path + Bend(x, y, to.X, to.Y), (x + to.X) / 2, (y + to.Y) / 2);
    }

    private static string Bend(double x, double y, double toX, double toY) =>
        $"C{N((x + toX) / 2)} {N(y)} {N((x + toX) / 2)} {N(toY)} {N(toX)} {N(toY)}";

    private static string N(double value) => Svg.Number(value);
}
