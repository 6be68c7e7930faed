using Steady.Contracts.Experiments;
using Steady.Experiments.Prediction;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class PredictionTests
{
    // shop and admin call checkout; checkout needs ledger, and can do without offers; offers needs ledger.
    private static readonly TopologyDeclaration Shop = new(
        [
            new("shop", "checkout"),
            new("admin", "checkout", DependencyStrength.Soft),
            new("checkout", "ledger", DependencyStrength.Hard, Design.BlastRadius.Edge),
            new("checkout", "offers", DependencyStrength.Soft),
            new("offers", "ledger", DependencyStrength.Hard, "offers-ledger"),
        ],
        [new("buy", "shop"), new("report", "admin"), new("browse", "shop", ["offers"])]
    );

    private static readonly Topology Declared = Topology.Create(new TopologyDeclared("staging", Shop, "ana", Now));

    [Fact]
    public void Whoever_needs_the_lost_edge_breaks_and_a_fallback_on_the_way_makes_it_a_degradation()
    {
        var graph = new Graph(Shop, []);
        Assert.Equal(
            [
                "admin Degrades admin>checkout>ledger",
                "checkout Breaks checkout>ledger",
                "shop Breaks shop>checkout>ledger",
            ],
            Impacts.OfLosing(graph, graph.Through(Design.BlastRadius.Edge)!).Select(Told)
        );
        Assert.Equal(
            [
                "admin Degrades admin>checkout>offers>ledger",
                "checkout Degrades checkout>offers>ledger",
                "offers Breaks offers>ledger",
                "shop Degrades shop>checkout>offers>ledger",
            ],
            Impacts.OfLosing(graph, graph.Through("offers-ledger")!).Select(Told)
        );
    }

    [Fact]
    public void An_operation_breaks_with_what_it_needs()
    {
        var graph = new Graph(Shop, []);
        Assert.Equal(
            ["browse Holds ", "buy Breaks shop>checkout>ledger", "report Degrades admin>checkout>ledger"],
            On(Design.BlastRadius.Edge)
        );
        Assert.Equal(
            [
                "browse Breaks offers>ledger",
                "buy Degrades shop>checkout>offers>ledger",
                "report Degrades admin>checkout>offers>ledger",
            ],
            On("offers-ledger")
        );

        IEnumerable<string> On(string proxy) =>
            Impacts
                .OnOperations(graph, graph.Through(proxy)!, Impacts.OfLosing(graph, graph.Through(proxy)!))
                .Select(Told);
    }

    [Fact]
    public void What_breaks_outside_the_declared_blast_radius_is_named()
    {
        var design = Design with { BlastRadius = Design.BlastRadius with { Services = ["checkout"] } };
        var (prediction, _) = Predicting.Of(Declared, design, 0, 0);
        Assert.Equal(["shop"], prediction!.Beyond);
        Assert.Equal(("checkout → ledger", 0.9m), (prediction.Edge, prediction.BreaksProbability));
    }

    [Fact]
    public void An_edge_that_nobody_declared_cannot_be_predicted()
    {
        var design = Design with { BlastRadius = Design.BlastRadius with { Edge = "unheard-of" } };
        Assert.Equal("edge-not-in-topology", Predicting.Of(Declared, design, 0, 0).Refusal!.Code);
    }

    [Theory]
    [InlineData(Expectation.Breaks, 0, 0, "0.9")]
    [InlineData(Expectation.Degrades, 0, 0, "0.25")]
    [InlineData(Expectation.Holds, 0, 0, "0.05")]
    [InlineData(Expectation.Breaks, 10, 0, "0.45")]
    [InlineData(Expectation.Holds, 0, 20, "0.525")]
    public void Earlier_runs_correct_what_the_edges_say(
        Expectation expectation,
        int held,
        int broke,
        string probability
    ) => Assert.Equal(probability, $"{Surprise.Breaks(expectation, held, broke):0.####}");

    [Fact]
    public void The_less_likely_the_more_surprising()
    {
        Assert.Equal(1m, Surprise.Bits(0.5m, broke: true));
        Assert.Equal(4.32m, Surprise.Bits(0.05m, broke: true));
        Assert.Equal(0.07m, Surprise.Bits(0.05m, broke: false));
    }

    [Fact]
    public void Declared_and_traced_edges_are_told_apart_and_what_stands_out_is_said()
    {
        var graph = new Graph(
            new([new("a", "b"), new("b", "a"), new("a", "c", DependencyStrength.Soft)], [new("do", "a", ["z"])]),
            [new("a", "b", 5), new("a", "b", 2), new("b", "d", 1), new("d", "d", 9)]
        );
        Assert.Equal(
            ["a>b Both 7", "a>c DeclaredOnly ", "b>a DeclaredOnly ", "b>d TracedOnly 1"],
            graph.Edges.Select(edge => $"{edge.From}>{edge.To} {edge.Knowledge} {edge.Calls}")
        );
        Assert.Equal(
            [
                "b calls d (1 calls traced), and nobody declared it: a shadow dependency.",
                "a is declared to call c, and no trace shows it.",
                "b is declared to call a, and no trace shows it.",
                "a and b need each other: a cycle of hard dependencies.",
                "do needs z, and no call leads from a to it.",
            ],
            graph.Findings()
        );
    }

    [Fact]
    public void A_declaration_names_everything_once_and_leads_somewhere_else()
    {
        Refused("a → b 2 times", new([new("a", "b"), new("a", "b", Proxy: "other")]));
        Refused("a calling itself", new([new("a", "a")]));
        Refused("do 2 times", new([new("a", "b")], [new("do", "a"), new("do", "b")]));
        Refused("through 2 times", new([new("a", "b", Proxy: "through"), new("b", "c", Proxy: "through")]));
        Assert.Null(DeclaringTopology.Check(Shop));
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        Assert.Empty(DeclaringTopology.Decide(Declared, "staging", Shop with { Edges = [.. Shop.Edges] }, "bo", Now));
        var other = Shop with { Operations = [.. Shop.Operations!.Take(2), new("browse", "shop", ["ledger"])] };
        Assert.IsType<TopologyDeclared>(Assert.Single(DeclaringTopology.Decide(Declared, "staging", other, "bo", Now)));

        TracedEdge[] edges = [new("b", "c", 1), new("a", "b", 2)];
        var traced = Assert.IsType<TopologyTraced>(
            Assert.Single(TracingTopology.Decide(Declared, "staging", new(edges), "bo", Now))
        );
        Assert.Empty(TracingTopology.Decide(Declared.Apply(traced), "staging", new([.. edges.Reverse()]), "bo", Now));
    }

    private static void Refused(string with, TopologyDeclaration declaration) =>
        Assert.Contains(with, DeclaringTopology.Check(declaration)!.Detail, StringComparison.Ordinal);

    private static string Told(PredictedImpact impact) =>
        $"{impact.Name} {impact.Expectation} {string.Join('>', impact.Path)}";
}
