using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Contracts.Budgets.CompositeKind;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;

public sealed class CompositeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly CompositePart A = new(Objective, "a");
    private static readonly CompositePart B = new(Objective, "b");
    private static readonly HashSet<string> Known = ["a", "b"];

    private static readonly Dictionary<string, PartCounts> Counts = new()
    {
        ["a"] = new(0.99m, new(990, 10)),
        ["b"] = new(0.95m, new(95, 5)),
    };

    [Fact]
    public void All_parts_of_a_chain_must_work()
    {
        var status = Status(new(Serial, Parts: [A, B]), 0.9m);
        Assert.Equal((0.9405m, 0.595m, 0.405m), (status.Availability, status.BurnRate, status.Remaining));
        Assert.Equal((0.9405m, true), (status.Ceiling.Ceiling, status.Ceiling.Feasible));
    }

    [Fact]
    public void One_of_parallel_parts_is_enough() =>
        Assert.Equal(0.9995m, Status(new(CompositeKind.Parallel, Parts: [A, B]), 0.9m).Availability);

    [Fact]
    public void Weights_multiply_what_is_missing_or_the_burn()
    {
        CompositePart graph = new(Weighted, Parts: [A, B with { Weight = 0.5m }]);
        Assert.Equal(0.965m, Status(graph, 0.9m, BudgetingMethod.RatioTimeslices).Availability);
        // Both burn at 1, and the second counts half.
        Assert.Equal(1.5m, Status(graph, 0.9m).BurnRate);
    }

    [Fact]
    public void A_slice_that_is_bad_for_two_parts_is_bad_once()
    {
        var slices = Enumerable.Range(0, 4).Select(n => Now.AddMinutes(n)).ToList();
        var counts = new Dictionary<string, PartCounts>
        {
            ["a"] = new(0.99m, new(2, 2), (new HashSet<DateTimeOffset>([slices[0], slices[1]]), slices.ToHashSet())),
            ["b"] = new(0.95m, new(2, 2), (new HashSet<DateTimeOffset>([slices[1], slices[2]]), slices.ToHashSet())),
        };
        var serial = Status(new(Serial, Parts: [A, B]), 0.5m, BudgetingMethod.Timeslices, counts);
        Assert.Equal((1L, 3L, 0.25m), (serial.GoodSlices, serial.BadSlices, serial.Availability));
        var parallel = Status(new(CompositeKind.Parallel, Parts: [A, B]), 0.5m, BudgetingMethod.Timeslices, counts);
        Assert.Equal((3L, 1L), (parallel.GoodSlices, parallel.BadSlices));
    }

    [Fact]
    public void A_part_without_data_is_named_and_nothing_is_made_up()
    {
        var counts = new Dictionary<string, PartCounts>(Counts) { ["b"] = new(0.95m, default) };
        var status = Status(new(Serial, Parts: [A, B]), 0.9m, counts: counts);
        Assert.Null(status.Availability);
        Assert.Null(status.Remaining);
        Assert.Equal(["b"], status.WithoutData);
    }

    [Fact]
    public void A_target_above_what_it_stands_on_is_said_with_its_figures()
    {
        var ceiling = Ceilings.Of(0.9999m, [("ledger", 0.9995m), ("bank", 0.9999m)])!;
        Assert.Equal((0.99940005m, false), (ceiling.Ceiling, ceiling.Feasible));
        Assert.Equal(
            "0.9995 · 0.9999 = 0.99940005: the target of 0.9999 is above what it stands on. By the rule of the extra nine each should be at 0.99999.",
            ceiling.Derivation
        );
        Assert.Null(Ceilings.Of(0.9999m, []));
        var one = Ceilings.Of(0.999m, [("ledger", 0.9995m)])!;
        Assert.Equal((true, "0.9995: 0.999 is reachable."), (one.Feasible, one.Derivation));
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_composite_is_told_at_its_place()
    {
        var wrong = Terms(
            new(Serial, Parts: [new(Objective, "c"), new(CompositeKind.Parallel), A with { Weight = 0 }]),
            1m
        ) with
        {
            Window = "1M",
            SliceSeconds = 60,
        };
        Assert.Equal(
            [
                "target",
                "window",
                "sliceSeconds",
                "graph.parts[0].objective",
                "graph.parts[1].parts",
                "graph.parts[2].weight",
            ],
            CompositeCheck.Of("ok", wrong, Known).Select(finding => finding.Path)
        );
        Assert.Equal("name", Assert.Single(CompositeCheck.Of("Not A Name", Terms(A, 0.9m), Known)).Path);
        var deep = Enumerable.Range(0, 9).Aggregate(A, (inner, _) => new(Serial, Parts: [inner]));
        Assert.Equal("graph", Assert.Single(CompositeCheck.Of("deep", Terms(deep, 0.9m), Known)).Path);
        Assert.Empty(CompositeCheck.Of("ok", Terms(new(Serial, Parts: [A, B]), 0.9m), Known));
    }

    [Fact]
    public void The_same_definition_again_changes_nothing()
    {
        var composite = Composite.Create(new("x", Terms(new(Serial, Parts: [A, B]), 0.9m), "ana", Now));
        Assert.Empty(Composing.Decide(composite, "x", Terms(new(Serial, Parts: [A, B]), 0.9m), "ana", Now));
        Assert.Single(Composing.Decide(composite, "x", Terms(new(Serial, Parts: [B, A]), 0.9m), "ana", Now));
        Assert.Single(Composing.Decide(composite with { Retired = true }, "x", composite.Terms, "ana", Now));
    }

    [Fact]
    public void An_objective_cannot_stand_on_itself_or_on_what_is_not_there()
    {
        var (a, b) = (BudgetOf("a"), BudgetOf("b"));
        Assert.Single(Depending.Decide(a, ["b"], [b], Now));
        Assert.Empty(Depending.Decide(a with { DependsOn = ["b"] }, ["b"], [b], Now));
        Assert.Equal("dependency-circular", Depending.Decide(a, ["a"], [a], Now).Refusal!.Code);
        Assert.Equal(
            "dependency-circular",
            Depending.Decide(a, ["b"], [b with { DependsOn = ["a"] }], Now).Refusal!.Code
        );
        Assert.Equal("dependency-unknown", Depending.Decide(a, ["c"], [], Now).Refusal!.Code);
    }

    private static Budget BudgetOf(string name) =>
        Budget.Create(new(new(StableId.From(name), name, "shop"), name, name, 0.99m, "30d", Now));

    private static DefineComposite Terms(CompositePart graph, decimal target) =>
        new("People can buy", "shop", target, "28d", graph);

    private static CompositeStatus Status(
        CompositePart graph,
        decimal target,
        BudgetingMethod method = BudgetingMethod.Occurrences,
        Dictionary<string, PartCounts>? counts = null
    )
    {
        var composite = Composite.Create(new("x", Terms(graph, target) with { Method = method }, "ana", Now));
        return CompositeStatuses.Of(composite, counts ?? Counts, Now);
    }
}
