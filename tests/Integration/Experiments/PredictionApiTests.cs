using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Tests.Integration.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

public sealed class PredictionApiTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly TopologyDeclaration Declared = new(
        [new("shop", "checkout"), new("checkout", "ledger", DependencyStrength.Hard, Stage.Edge)],
        [new("buy", "shop")]
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declared_and_traced_edges_become_one_topology_and_the_same_again_changes_nothing()
    {
        await Put("topologies/merged", Declared, HttpStatusCode.OK, "\"1\"");
        await Put("topologies/merged", Declared, HttpStatusCode.OK, "\"1\"");
        var traced = new TracedTopology([new("checkout", "ledger", 7), new("checkout", "tax", 2)]);
        await Put("topologies/merged/traced", traced, HttpStatusCode.OK, "\"2\"");
        var view = (await Get<TopologyView>("topologies/merged"))!;
        Assert.Equal(
            ["checkout>ledger Both", "checkout>tax TracedOnly", "shop>checkout DeclaredOnly"],
            view.Edges.Select(edge => $"{edge.From}>{edge.To} {edge.Knowledge}")
        );
        var survival = (await Get<SurvivalPrediction>("topologies/merged/survival?killedShare=0.25"))!;
        Assert.Equal((4, 1, 0m), (survival.Containers, survival.Killed, survival.Works));
    }

    [Fact]
    public async Task What_cannot_be_kept_or_counted_is_refused_with_its_place()
    {
        var twice = Declared with { Edges = [.. Declared.Edges, new("shop", "checkout", Proxy: "other")] };
        Assert.Equal("topology-invalid", await Put("topologies/twice", twice, HttpStatusCode.Conflict));
        using var none = await stage.Http.GetAsync("/v1/topologies/twice", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await Put("topologies/bare", Declared with { Operations = null }, HttpStatusCode.OK);
        using var bare = await stage.Http.GetAsync("/v1/topologies/bare/survival?killedShare=0.1", Stop);
        Assert.Equal("topology-without-operations", await Code(bare));
        using var share = await stage.Http.GetAsync("/v1/topologies/bare/survival?killedShare=7", Stop);
        Assert.Equal("killed-share-out-of-range", await Code(share));
    }

    [Fact]
    public async Task A_run_is_predicted_before_and_scored_with_what_was_known_when_it_began()
    {
        var design = stage.Design("predicted", new Rung(FaultKind.Latency, 50)) with { Environment = "foreseen" };
        using var drafted = await stage.Http.PostAsJsonAsync("/v1/experiments", design, Json.Options, Stop);
        using var unknown = await stage.Http.GetAsync("/v1/experiments/predicted/prediction", Stop);
        Assert.Equal("topology-missing", await Code(unknown));

        await Put("topologies/foreseen", Declared, HttpStatusCode.OK);
        var before = (await Get<ExperimentPrediction>("experiments/predicted/prediction"))!;
        Assert.Equal(("checkout → ledger", 0.9m, 0), (before.Edge, before.BreaksProbability, before.EarlierHeld));
        Assert.Equal(Expectation.Breaks, Assert.Single(before.Operations).Expectation);

        var run = await stage.Begin(design);
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal(Verdict.Held, ended.Verdict);
        var surprise = (await Get<RunSurprise>($"runs/{run.Id}/surprise"))!;
        Assert.Equal(
            (before.BreaksProbability, Verdict.Held, 3.32m),
            (surprise.Predicted.BreaksProbability, surprise.Observed, surprise.Bits)
        );
        var after = (await Get<ExperimentPrediction>("experiments/predicted/prediction"))!;
        Assert.Equal((1, 0.8182m), (after.EarlierHeld, after.BreaksProbability));
    }

    private Task<T?> Get<T>(string path) => stage.Http.GetFromJsonAsync<T>($"/v1/{path}", Json.Options, Stop);

    private async Task<string?> Put<T>(string path, T body, HttpStatusCode status, string? tag = null)
    {
        using var answer = await stage.Http.PutAsJsonAsync($"/v1/{path}", body, Json.Options, Stop);
        Assert.Equal(status, answer.StatusCode);
        if (tag is not null)
            Assert.Equal(tag, answer.Headers.ETag!.Tag);
        return answer.IsSuccessStatusCode ? null : await Code(answer);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
}
