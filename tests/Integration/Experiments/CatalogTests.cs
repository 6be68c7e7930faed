using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>What the catalog of Incidents says of services stands in the topologies of Experiments: two services, one broker.</summary>
public sealed class CatalogTests(Stage stage) : IClassFixture<Stage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_services_need_is_in_each_topology_that_has_them_and_predicts_what_breaks()
    {
        await using var incidents = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = await Servers.NewDatabase("catalog"),
                ["ConnectionStrings:bus"] = stage.Settings["ConnectionStrings:bus"],
            }
        );
        // The environment says that shop needs pay softly; what else is needed it does not say.
        var declared = new TopologyDeclaration([new("shop", "pay", DependencyStrength.Soft)], [new("buy", "shop")]);
        await Put("cataloged", declared);
        await Set(
            incidents,
            "shop",
            new("pay"),
            new("prices"),
            new("reviews", Strength: DependencyStrength.Soft, Fallback: "Shown without.")
        );
        await Set(incidents, "prices", new CatalogDependency("cache", CatalogKind.Resource));
        await Set(incidents, "elsewhere", new CatalogDependency("nothing"));

        var view = await Eventually.Answers(() => Topology("cataloged"), one => one.Edges.Count == 4);
        Assert.Equal(
            [
                "prices>cache Hard catalog",
                "shop>pay Soft",
                "shop>prices Hard catalog",
                "shop>reviews Soft catalog: Shown without.",
            ],
            view.Edges.Select(Say)
        );
        // All of shop, pay, prices, cache, reviews; pay and reviews are not needed.
        var survival = (
            await stage.Http.GetFromJsonAsync<SurvivalPrediction>(
                "/v1/topologies/cataloged/survival?killedShare=0.2",
                Json.Options,
                Stop
            )
        )!;
        Assert.Equal((5, 1, 0.4m), (survival.Containers, survival.Killed, survival.Works));

        // What traces show and the catalog declares is no shadow dependency.
        var traced = new TracedTopology([new("shop", "prices", 7)]);
        (
            await stage.Http.PutAsJsonAsync("/v1/topologies/cataloged/traced", traced, Json.Options, Stop)
        ).EnsureSuccessStatusCode();
        Assert.DoesNotContain(
            (await Topology("cataloged")).Findings,
            one => one.Contains("shadow", StringComparison.Ordinal)
        );

        (await incidents.Admin.DeleteAsync("/v1/catalog/component/prices", Stop)).EnsureSuccessStatusCode();
        await Set(incidents, "shop", new CatalogDependency("pay"));
        var after = await Eventually.Answers(() => Topology("cataloged"), one => one.Edges.Count == 2);
        Assert.Equal(["shop>pay Soft", "shop>prices Hard"], after.Edges.Select(Say));
    }

    private static string Say(TopologyEdge edge) =>
        $"{edge.From}>{edge.To} {edge.Strength}{(edge.FromCatalog ? " catalog" : "")}{(edge.Fallback is { } how ? $": {how}" : "")}";

    private static async Task Set(Harness incidents, string service, params CatalogDependency[] needs)
    {
        var entry = new SetCatalogEntry(DependsOn: needs);
        using var answer = await incidents.Admin.PutAsJsonAsync(
            $"/v1/catalog/component/{service}",
            entry,
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task Put(string environment, TopologyDeclaration declared) =>
        (
            await stage.Http.PutAsJsonAsync($"/v1/topologies/{environment}", declared, Json.Options, Stop)
        ).EnsureSuccessStatusCode();

    private async Task<TopologyView> Topology(string environment) =>
        (await stage.Http.GetFromJsonAsync<TopologyView>($"/v1/topologies/{environment}", Json.Options, Stop))!;
}
