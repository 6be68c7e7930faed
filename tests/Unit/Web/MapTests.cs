using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Who calls whom, laid out in columns.</summary>
public sealed class MapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_caller_is_left_of_all_it_calls_by_the_longest_way()
    {
        var ranks = MapLayers.Ranks([("web", "pay"), ("web", "db"), ("pay", "ledger"), ("ledger", "db")]);

        Assert.Equal([0, 1, 2, 3], ((string[])["web", "pay", "ledger", "db"]).Select(name => ranks[name]));
    }

    [Fact]
    public void Calls_that_go_round_have_columns_too()
    {
        var ranks = MapLayers.Ranks([("web", "a"), ("a", "b"), ("b", "c"), ("c", "a")]);

        Assert.Equal([0, 1, 2, 3], ((string[])["web", "a", "b", "c"]).Select(name => ranks[name]));
        Assert.Equal(
            [0, 1],
            MapLayers.Ranks([("x", "y"), ("y", "x")]).OrderBy(one => one.Key).Select(one => one.Value)
        );
    }

    [Fact]
    public void A_hundred_and_fifty_services_do_not_lie_on_each_other()
    {
        var calls = Many();
        var map = DrawMap.Of(calls, [], []);

        Assert.Equal(150, map.Nodes.Count);
        foreach (var column in map.Nodes.GroupBy(node => node.X))
        {
            var ys = column.Select(node => node.Y).Order().ToList();
            Assert.All(ys.Zip(ys.Skip(1)), pair => Assert.True(pair.Second - pair.First >= DrawMap.NodeHeight + 10));
        }

        Assert.All(
            map.Nodes,
            node => Assert.InRange(node.Y, DrawMap.NodeHeight / 2, map.Height - DrawMap.NodeHeight / 2)
        );
        Assert.All(map.Nodes, node => Assert.InRange(node.X, 0, map.Width - DrawMap.NodeWidth));
        var x = map.Nodes.ToDictionary(node => node.Name, node => node.X);
        Assert.All(calls, call => Assert.True(x[call.From] < x[call.To]));
        Assert.Equal(map.Nodes, DrawMap.Of([.. calls.Reverse()], [], []).Nodes);
    }

    [Fact]
    public void What_belongs_together_is_close_so_that_few_lines_cross()
    {
        // Ten chains that are named so that the alphabet would tangle them.
        var calls = Enumerable
            .Range(0, 10)
            .SelectMany(i => new[] { Call($"a{i}", $"b{9 - i}"), Call($"b{9 - i}", $"c{i * 3 % 10}") });
        var map = DrawMap.Of([.. calls], [], []);
        var at = map.Nodes.ToDictionary(node => node.Name);

        Assert.All(map.Edges, edge => Assert.Equal(at[edge.Call.From].Y, at[edge.Call.To].Y, 1));
    }

    [Fact]
    public void A_call_is_proven_or_broken_by_the_newest_run_that_could_tell()
    {
        var topology = new TopologyView(
            "staging",
            1,
            [],
            [
                new TopologyEdge("web", "pay", DependencyStrength.Hard, EdgeKnowledge.Both, 9, "web-pay"),
                new TopologyEdge("pay", "ledger", DependencyStrength.Soft, EdgeKnowledge.TracedOnly, 9, "pay-ledger"),
            ],
            [],
            []
        );
        var calls = DrawMap.Calls(
            topology,
            [Entry("web", "pay"), Entry("ledger", "db")],
            [
                Run("web-pay", Verdict.Held, 1),
                Run("web-pay", Verdict.Inconclusive, 2),
                Run("pay-ledger", Verdict.Held, 1),
                Run("pay-ledger", Verdict.Broke, 2),
            ]
        );

        Assert.Equal(
            [("ledger", "db", "believed"), ("pay", "ledger", "broke"), ("web", "pay", "proven")],
            calls.Select(call => (call.From, call.To, call.Tone))
        );
        Assert.Equal("broke: 75 % failed", calls[1].Says);
        Assert.True(calls[1].Soft);
    }

    [Fact]
    public void A_line_that_passes_a_column_by_has_room_of_its_own()
    {
        var map = DrawMap.Of([Call("a", "b"), Call("b", "c"), Call("a", "c")], [Entry("lonely")], []);

        var passing = map.Edges.Single(edge => edge.Call is { From: "a", To: "c" });
        Assert.Equal(2, passing.Path.Count(letter => letter == 'C'));
        Assert.Equal("lonely", Assert.Single(map.Alone).Name);
        var one = Assert.Single(DrawMap.Of([Call("a", "a"), Call("a", "b")], [], []).Edges);
        Assert.Equal("b", one.Call.To);
    }

    [Fact]
    public void An_empty_map_is_none() => Assert.Empty(DrawMap.Of([], [], []).Nodes);

    private static MapCall[] Many()
    {
        // Five columns of thirty; each service calls two of the next column, some the one after that.
        string Name(int column, int row) => $"s{column}-{row % 30:00}";
        return
        [
            .. from column in Enumerable.Range(0, 4)
            from row in Enumerable.Range(0, 30)
            from to in new[] { (column + 1, row), (column + 1, row * 7 + 3), (column + 2, row + 11) }
            where to.Item1 < 5
            select Call(Name(column, row), Name(to.Item1, to.Item2)),
        ];
    }

    private static MapCall Call(string from, string to) => new(from, to, false, EdgeKnowledge.Both, null);

    private static CatalogEntryView Entry(string name, params string[] needs) =>
        new(
            CatalogKind.Component,
            name,
            1,
            null,
            null,
            "team",
            null,
            null,
            null,
            null,
            false,
            [.. needs.Select(need => new CatalogDependency(need))],
            [],
            [],
            "ana",
            Now
        );

    private static RunView Run(string edge, Verdict verdict, int minute) =>
        new(
            Guid.CreateVersion7(Now),
            1,
            Guid.CreateVersion7(Now),
            "x",
            "It holds.",
            "staging",
            edge,
            [],
            RunState.Concluded,
            verdict == Verdict.Broke
                ? [new RungResult(1, new Rung(FaultKind.Latency, 100), Now, true, 5, 15, false, Now)]
                : [],
            1,
            0,
            verdict,
            null,
            null,
            null,
            Now.AddMinutes(minute),
            Now.AddMinutes(minute + 1),
            "ana"
        );
}
