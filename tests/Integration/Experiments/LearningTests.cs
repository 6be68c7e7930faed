using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>What is made of a run: findings, fixes, and leave for the next environment.</summary>
public sealed class LearningTests(Stage stage) : IClassFixture<Stage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_broke_becomes_a_finding_an_experiment_and_once_it_holds_a_verified_fix()
    {
        var repaired = false;
        using var http = new HttpClient();
        var design = stage.Design("fragile", new(FaultKind.Latency, 50), new(FaultKind.Latency, 2000));
        var (steady, edge) = (design.SteadyState, design.SteadyState.Probe.Url);
        // A service before the edge: it waits for as long as it takes, until somebody gives it a timeout.
        await using var front = await Stage.Serve(app => app.Map("/ok", () => Answer(http, edge, repaired)));
        var probe = steady.Probe with { Url = new Uri(Stage.Address(front), "ok").ToString() };
        var run = await stage.Begin(design with { SteadyState = steady with { Probe = probe } });
        using var early = await Raise(run.Id);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(Verdict.Broke, (await stage.UntilEnded(run.Id)).Verdict);
        using var raised = await Raise(run.Id);
        Assert.Equal(HttpStatusCode.Created, raised.StatusCode);
        var finding = (await raised.Content.ReadFromJsonAsync<FindingView>(Json.Options, Stop))!;
        var path = $"/v1/findings/{finding.Id}";
        using var linked = await stage.Http.PostAsJsonAsync(
            $"{path}/actions",
            new LinkActionItem("Add a timeout", "bo"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, linked.StatusCode);
        ExperimentView? made = null;
        for (var i = 0; i < 2; i++)
        {
            using var answer = await stage.Http.PostAsync($"{path}/regression", null, Stop);
            made = await answer.Content.ReadFromJsonAsync<ExperimentView>(Json.Options, Stop);
        }

        Assert.Equal([50, 2000], made!.Design.Ladder.Rungs.Select(rung => rung.Magnitude));
        using var frozen = await stage.Http.PostAsync($"/v1/experiments/{made.Id}/freeze", null, Stop);
        Assert.Null((await Finding(path)).VerifiedBy);

        // Not fixed: it breaks again, and nobody may say otherwise.
        using var again = await stage.Http.PostAsync($"/v1/experiments/{made.Id}/runs", null, Stop);
        var second = (await again.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
        Assert.Equal(Verdict.Broke, (await stage.UntilEnded(second.Id)).Verdict);
        Assert.Null((await Finding(path)).VerifiedBy);

        repaired = true;
        using var third = await stage.Http.PostAsync($"/v1/experiments/{made.Id}/runs", null, Stop);
        var held = (await third.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
        await stage.UntilEnded(held.Id);
        var page = await Eventually.Answers(() => Finding(path), seen => seen.VerifiedBy is not null);
        Assert.Equal(held.Id, page.VerifiedBy);
        Assert.Equal("bo", page.Actions.Single().Owner);

        async Task<FindingView> Finding(string address) =>
            (await stage.Http.GetFromJsonAsync<FindingView>(address, Json.Options, Stop))!;
    }

    [Fact]
    public async Task A_run_in_production_needs_a_promotion_and_a_promotion_needs_evidence()
    {
        var rung = new Rung(FaultKind.Latency, 50);
        var staging = stage.Design("to-promote", rung) with { Promotion = new("production", 1, 14) };
        var own = await stage.Begin(stage.Design("by-hand", rung) with { Environment = "production" });
        Assert.Equal(RunState.Refused, own.State);
        Assert.Contains("The design was not promoted.", own.Reason, StringComparison.Ordinal);

        var run = await stage.Begin(staging);
        Assert.Equal(Verdict.Held, (await stage.UntilEnded(run.Id)).Verdict);
        using var early = await stage.Http.PostAsync("/v1/experiments/to-promote/promotion", null, Stop);
        var problem = await early.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("promotion-unproven", problem.GetProperty("code").GetString());
        Assert.Contains("it held 1 of 1 times", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await Drill(run);
        using var promoted = await stage.Http.PostAsync("/v1/experiments/to-promote/promotion", null, Stop);
        var view = (await promoted.Content.ReadFromJsonAsync<PromotionView>(Json.Options, Stop))!;
        Assert.Equal(run.Id, view.Evidence.Held.Single());
        Assert.True((await Start(view.Target)).State == RunState.Baselining, view.Target);
        await Halted(view.Target);

        using var revoked = await stage.Http.PostAsJsonAsync(
            "/v1/experiments/to-promote/promotion/revoke",
            new RevokePromotion("It hurt."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Contains(
            "Its promotion was revoked: It hurt.",
            (await Start(view.Target)).Reason,
            StringComparison.Ordinal
        );
    }

    private async Task<RunView> Start(string experiment)
    {
        using var begun = await stage.Http.PostAsync($"/v1/experiments/{experiment}/runs", null, Stop);
        return (await begun.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
    }

    private async Task Halted(string experiment)
    {
        var runs = await stage.Http.GetFromJsonAsync<Page<RunView>>("/v1/runs?state=active", Json.Options, Stop);
        foreach (var run in runs!.Items.Where(run => run.Experiment == experiment))
        {
            await stage.Halt(run.Id);
            await stage.UntilEnded(run.Id);
        }
    }

    // The events that a killed controller and its successor leave; CrashTests makes them by killing one.
    private async Task Drill(RunView like)
    {
        var store = stage.Service.Services.GetRequiredService<Marten.IDocumentStore>();
        var events = (await stage.Events(like.Id)).ToList();
        var at = events.FindIndex(happened => happened is Steady.Experiments.Runs.FaultInjected) + 1;
        var (step, gone) = (
            events.OfType<Steady.Experiments.Runs.StepStarted>().First(),
            events.OfType<Steady.Experiments.Runs.FaultReverted>().First()
        );
        var ended = new Steady.Experiments.Runs.RunHalted(
            gone.About,
            Verdict.Inconclusive,
            "Ended before it was judged.",
            "The controller restarted.",
            "controller",
            step.At
        );
        await using var session = store.LightweightSession();
        object[] happened =
        [
            .. events[..at],
            new Steady.Experiments.Runs.ControllerAttached(2, step.At),
            gone with
            {
                LeaseId = step.LeaseId,
            },
            ended,
        ];
        session.Events.StartStream<Steady.Experiments.Runs.Run>(Guid.CreateVersion7(step.At), happened);
        await session.SaveChangesAsync(Stop);
    }

    private static async Task<IResult> Answer(HttpClient http, string edge, bool repaired)
    {
        using var patience = new CancellationTokenSource(
            TimeSpan.FromMilliseconds(repaired ? 200 : 10_000),
            TimeProvider.System
        );
        try
        {
            using var answer = await http.GetAsync(edge, patience.Token);
        }
        catch (OperationCanceledException) { }

        return Results.Ok();
    }

    private Task<HttpResponseMessage> Raise(Guid run) =>
        stage.Http.PostAsJsonAsync(
            "/v1/findings",
            new RaiseFinding(
                run,
                FindingKind.BrokeEarly,
                "A slow ledger stops checkouts",
                null,
                CouplingType.Operational
            ),
            Json.Options,
            Stop
        );
}
