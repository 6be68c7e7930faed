using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Xunit;
using static Steady.Tests.Unit.Incidents.Analysis.Told;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Analysis;

public sealed class CausalGraphTests
{
    [Fact]
    public void An_entry_that_names_its_cause_follows_from_it()
    {
        var edge = Assert.Single(Edges([Entry(1, 1, "action", "One"), Entry(2, 2, "symptom", "Two", causes: 1)]));
        Assert.Equal((Id(1), Id(2), CausalKind.Stated, 1m), (edge.Cause, edge.Effect, edge.Kind, edge.Strength));
    }

    [Fact]
    public void What_began_a_trace_or_a_piece_of_work_led_to_the_rest_of_it()
    {
        TimelineEntry Of(int number, string? trace, string? work) =>
            Entry(number, number, "note", $"{number}") with
            {
                TraceId = trace,
                CorrelationId = work,
            };
        var edges = Edges([Of(1, "t", null), Of(2, "t", "w"), Of(3, "t", "w")]);
        Assert.Equal(
            ["1>2 Trace", "1>3 Trace", "2>3 Correlation"],
            edges.Select(edge => $"{Number(edge.Cause)}>{Number(edge.Effect)} {edge.Kind}").Order()
        );
    }

    [Fact]
    public void A_deploy_led_to_the_alert_soon_after_it_on_what_needs_its_service()
    {
        TimelineEntry[] story =
        [
            Entry(1, 0, "deploy", "ledger 7") with
            {
                Services = ["ledger"],
            },
            Entry(2, 5, "alert", "checkout burns its budget"),
            Entry(3, 5, "alert", "search is slow") with
            {
                Services = ["search"],
            },
            Entry(4, 70, "alert", "checkout burns its budget again"),
        ];
        var known = Surroundings.None with
        {
            Needs = new Dictionary<string, IReadOnlySet<string>> { ["checkout"] = new HashSet<string> { "ledger" } },
        };
        var edge = Assert.Single(CausalEdges.Of(story, known));
        Assert.Equal((Id(1), Id(2), CausalKind.Change), (edge.Cause, edge.Effect, edge.Kind));
        Assert.Contains("ledger, which checkout needs", edge.Why, StringComparison.Ordinal);
        Assert.Empty(Edges(story));
    }

    [Fact]
    public void A_fault_led_to_the_signs_in_its_blast_radius_while_it_was_in()
    {
        TimelineEntry Run(int number, double minute, string kind) =>
            Entry(number, minute, kind, kind, "experiments") with
            {
                SubjectId = Id(99),
                IncidentId = null,
                Services = ["checkout", "ledger"],
            };
        var edges = Edges([
            Run(1, 0, "run-started"),
            Run(2, 1, "fault-injected"),
            Entry(3, 2, "alert", "checkout burns"),
            Run(4, 3, "run-concluded"),
            Entry(5, 30, "alert", "checkout burns anew"),
        ]);
        var edge = Assert.Single(edges, one => one.Kind == CausalKind.Experiment);
        Assert.Equal((Id(2), Id(3)), (edge.Cause, edge.Effect));
        Assert.Equal(2, edges.Count(one => one.Kind == CausalKind.Subject));
    }

    [Fact]
    public void The_alert_an_incident_was_declared_from_led_to_it()
    {
        var alert = Entry(1, 0, "alert-fired", "Checkouts fail", "incidents") with
        {
            SubjectId = Id(50),
            IncidentId = null,
        };
        var known = Surroundings.None with { Alerts = new Dictionary<Guid, Guid> { [Incident] = Id(50) } };
        var edges = CausalEdges.Of([alert, Act(2, 1, "incident-declared", "INC-7")], known);
        Assert.Equal(CausalKind.Declared, Assert.Single(edges).Kind);
    }

    [Fact]
    public void Causes_and_effects_are_walked_as_deep_as_asked()
    {
        var graph = Chain(5);
        Assert.Equal([4, 3], graph.Causes(Id(5), 2).Nodes.Select(node => Number(node.Entry.Id)));
        Assert.Equal([2, 3, 4, 5], graph.Effects(Id(1), 10).Nodes.Select(node => Number(node.Entry.Id)));
        Assert.Equal([1, 2], graph.Causes(Id(5), 2).Nodes.Select(node => node.Depth));
        Assert.True(graph.Effects(Id(1), 10).Whole);
    }

    [Fact]
    public void What_is_reached_is_capped_and_says_so()
    {
        var entries = Enumerable.Range(2, 700).Select(i => Entry(i, i, "symptom", $"{i}", causes: 1));
        var all = entries.Prepend(Entry(1, 0, "deploy", "All")).ToList();
        var answer = new CausalGraph(all, Edges(all)).Effects(Id(1), 1);
        Assert.Equal((CausalGraph.MostNodes, false), (answer.Nodes.Count, answer.Whole));
    }

    [Fact]
    public void A_path_is_the_surest_and_knows_its_direction()
    {
        var graph = Chain(4);
        var forward = graph.Path(Id(1), Id(4));
        Assert.Equal((CausalDirection.Cause, 3), (forward.Direction!.Value, forward.Edges.Count));
        Assert.Equal(CausalDirection.Effect, graph.Path(Id(4), Id(1)).Direction);
        Assert.Null(Chain(2).Path(Id(1), Id(9)).Direction);
        var entries = new[] { Entry(1, 0, "note", "1"), Entry(2, 1, "note", "2"), Entry(3, 2, "note", "3") };
        CausalEdge Step(int from, int to, decimal strength) =>
            new(Id(from), Id(to), CausalKind.Person, strength, "Said so");
        var sure = new CausalGraph(entries, [Step(1, 3, 0.4m), Step(1, 2, 0.9m), Step(2, 3, 0.9m)]).Path(Id(1), Id(3));
        Assert.Equal((2, 0.81m), (sure.Edges.Count, sure.Strength));
    }

    [Fact]
    public void What_a_person_says_is_an_edge_until_it_is_taken_back()
    {
        var effect = Entry(2, 2, "symptom", "Two");
        var state = new StateCause(Id(1), "The same commit", EntryConfidence.High);
        var stated = Assert.IsType<CauseStated>(Assert.Single(StatingCauses.State(null, effect, state, Ana, Now)));
        var causes = StatedCauses.Create(stated);
        Assert.Equal((0.9m, CausalKind.Person), Assert.Single(causes.Edges().Select(one => (one.Strength, one.Kind))));
        Assert.Empty(StatingCauses.State(causes, effect, state, Ana, Now));
        var withdrawn = Assert.Single(
            StatingCauses.Withdraw(causes, effect, new WithdrawCause(Id(1), "Two commits"), Bo, Now)
        );
        Assert.Empty(causes.Apply((CauseWithdrawn)withdrawn).Edges());
        Assert.Equal(
            "cause-unknown",
            StatingCauses.Withdraw(causes, effect, new WithdrawCause(Id(9), "No"), Bo, Now).Refusal!.Code
        );
        Assert.Equal(
            "cause-of-itself",
            StatingCauses.State(null, effect, new StateCause(Id(2), "Itself"), Ana, Now).Refusal!.Code
        );
    }

    private static CausalGraph Chain(int length)
    {
        var all = Enumerable
            .Range(1, length)
            .Select(i => Entry(i, i, "action", $"{i}", causes: i > 1 ? [i - 1] : []))
            .ToList();
        return new CausalGraph(all, Edges(all));
    }

    private static IReadOnlyList<CausalEdge> Edges(IReadOnlyList<TimelineEntry> story) =>
        CausalEdges.Of(story, Surroundings.None);

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}
