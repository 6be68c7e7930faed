using Steady.Contracts.Experiments;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class MapActsTests
{
    private static readonly TopologyDeclaration Declared = new(
        [new("till", "prices"), new("prices", "stock", DependencyStrength.Soft, "stock-db")],
        [new("sell", "till")],
        [new("prices", 3)]
    );

    [Fact]
    public void A_call_is_withdrawn_by_the_name_of_its_edge()
    {
        Assert.Equal(["stock"], Changed("withdraw", ("call", "till-prices")).Edges.Select(edge => edge.To));
        Assert.Equal(["prices"], Changed("withdraw", ("call", "stock-db")).Edges.Select(edge => edge.To));
    }

    [Fact]
    public void A_call_that_is_declared_already_is_written_anew()
    {
        var edges = Changed("declare", ("from", "till"), ("to", "prices"), ("strength", "Soft")).Edges;
        Assert.Equal(2, edges.Count);
        Assert.Equal(new DeclaredEdge("till", "prices", DependencyStrength.Soft), edges[^1]);
    }

    [Fact]
    public void What_people_do_is_said_and_taken_out()
    {
        var said = Changed(
            "operation",
            ("name", "look"),
            ("entry", "prices"),
            ("needs", "prices, stock"),
            ("weight", "2.5")
        );
        var look = said.Operations![1];
        Assert.Equal(("look", "prices", 2.5m), (look.Name, look.Entry, look.Weight));
        Assert.Equal(["prices", "stock"], look.Needs);
        Assert.Empty(Changed("operation-gone", ("name", "sell")).Operations!);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_left_to_the_service_to_refuse() =>
        Assert.Equal(
            0,
            Changed("operation", ("name", "sell"), ("entry", "till"), ("weight", "often")).Operations![0].Weight
        );

    [Fact]
    public void How_many_run_is_said_anew() =>
        Assert.Equal(
            [new ReplicatedService("prices", 4)],
            Changed("replicas", ("service", "prices"), ("replicas", "4")).Services
        );

    private static TopologyDeclaration Changed(string what, params (string Field, string Value)[] fields) =>
        MapActs.Changed(Declared, new Filled(what, fields.ToDictionary(field => field.Field, field => field.Value)));
}
