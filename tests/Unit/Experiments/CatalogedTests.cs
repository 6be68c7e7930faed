using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Experiments.Prediction;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

/// <summary>What the catalog adds to an environment.</summary>
public sealed class CatalogedTests
{
    private static readonly Dictionary<string, CatalogService> Catalog = new()
    {
        ["shop"] = Of(
            "shop",
            new("pay"),
            new("stock", CatalogKind.Api),
            new("mail", Strength: DependencyStrength.Soft, Fallback: "Later.")
        ),
        ["pay"] = Of("pay", new CatalogDependency("bank")),
        ["bank"] = Of("bank", new CatalogDependency("shop")),
        ["old"] = Of("old", new CatalogDependency("pay")) with { IsRemoved = true },
        ["elsewhere"] = Of("elsewhere", new CatalogDependency("pay")),
    };

    [Fact]
    public void It_is_followed_from_what_the_environment_names_and_an_edge_of_its_own_counts_more()
    {
        var declared = new TopologyDeclaration([new("shop", "mail"), new("old", "shop")]);
        Assert.Equal(
            [
                ("shop", "pay", DependencyStrength.Hard),
                ("pay", "bank", DependencyStrength.Hard),
                ("bank", "shop", DependencyStrength.Hard),
            ],
            Cataloged.Edges(declared, [], Catalog).Select(one => (one.From, one.To, one.Strength))
        );
        Assert.Empty(Cataloged.Edges(new TopologyDeclaration([]), [], Catalog));
        Assert.Equal(
            "Later.",
            Cataloged
                .Edges(new TopologyDeclaration([]), [new("web", "shop", 1)], Catalog)
                .Single(one => one.To == "mail")
                .Fallback
        );
    }

    private static CatalogService Of(string name, params CatalogDependency[] needs) => new(name, needs, false, 1);
}
