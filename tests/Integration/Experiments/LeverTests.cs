using System.Net;
using System.Net.Http.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Contracts.Incidents;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>The safety lever of an environment against the service as it is shipped.</summary>
public sealed class LeverTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly Rung[] Slow = [new(FaultKind.Latency, 50), new(FaultKind.Latency, 100)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lever_halts_every_run_forbids_new_ones_and_survives_a_restart()
    {
        var run = await stage.Begin(Design("pulled"));
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        Assert.Equal(HttpStatusCode.NoContent, await Pull("engage", "Customers complain."));
        Assert.Equal(HttpStatusCode.NoContent, await Pull("engage", "Again."));

        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal(RunState.Halted, ended.State);
        Assert.Equal("The safety lever of lever-land was engaged: Customers complain.", ended.Reason);
        Assert.DoesNotContain(await stage.Leases(run.Id), lease => lease.State == LeaseState.Live);
        var events = await stage.Events(run.Id);
        var halt = events.ToList().FindIndex(happened => happened is HaltRequested);
        Assert.DoesNotContain(events.Skip(halt), happened => happened is StepStarted or LeaseGranted);
        var lever = await Lever();
        Assert.Equal((true, "Customers complain.", 1), (lever.Engaged, lever.Reason, lever.Version));
        Assert.Equal(1, lever.At > events.OfType<HaltRequested>().Single().At ? 1 : 0);
        await IsRefused("pulled-again");

        await stage.Service.DisposeAsync();
        await stage.StartService();
        await IsRefused("pulled-after-restart");

        Assert.Equal(HttpStatusCode.NoContent, await Pull("release", "It is over."));
        var next = await stage.Begin(Design("released"));
        Assert.True(next.State == RunState.Baselining, next.Reason);
        await stage.Halt(next.Id);
        await stage.UntilEnded(next.Id);
    }

    [Fact]
    public async Task Releasing_needs_a_reason_and_a_lever()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await Pull("release", ""));
        using var answer = await stage.Http.PostAsJsonAsync(
            "/v1/levers/nowhere/release",
            new ReleaseLever("It is over."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var never = await stage.Http.GetFromJsonAsync<LeverView>("/v1/levers/nowhere", Json.Options, Stop);
        Assert.Equal(new LeverView("nowhere", 0, false, null, null, null), never);
    }

    [Fact]
    public async Task A_grave_incident_pulls_the_lever_where_that_is_the_rule()
    {
        var declared = new IncidentDeclared(
            StableId.From("grave"),
            14,
            "elsewhere",
            Severity.Sev1,
            "Nothing works",
            null,
            DateTimeOffset.UnixEpoch,
            "ana",
            DateTimeOffset.UnixEpoch
        );
        var bus = stage.Service.Services.GetRequiredService<IBus>();
        await bus.Publish(declared with { Severity = Severity.Sev3 }, Stop);
        await bus.Publish(declared with { Number = 13, Drill = true }, Stop);
        await bus.Publish(declared, Stop);
        var lever = await Eventually.Answers(() => Lever(Stage.RuledEnvironment), seen => seen.Engaged);
        Assert.Equal("rule:incident", lever.By);
        Assert.Contains("INC-14 was declared on elsewhere", lever.Reason, StringComparison.Ordinal);
    }

    private ExperimentDesign Design(string name) =>
        stage.Design(name, Slow) with
        {
            Environment = "lever-land",
            Ladder = new Ladder(Slow, HoldSeconds: 40),
        };

    private async Task IsRefused(string name)
    {
        var run = await stage.Begin(Design(name));
        Assert.Equal(RunState.Refused, run.State);
        Assert.Equal("Lever (lever-land): The safety lever of lever-land is engaged: Customers complain.", run.Reason);
    }

    private async Task<HttpStatusCode> Pull(string what, string reason)
    {
        var path = $"/v1/levers/lever-land/{what}";
        using var answer = await stage.Http.PostAsJsonAsync(path, new EngageLever(reason), Json.Options, Stop);
        return answer.StatusCode;
    }

    private async Task<LeverView> Lever(string environment = "lever-land") =>
        (await stage.Http.GetFromJsonAsync<LeverView>($"/v1/levers/{environment}", Json.Options, Stop))!;
}
