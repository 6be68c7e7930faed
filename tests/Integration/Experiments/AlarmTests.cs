using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steady.Contracts.Experiments;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Alarms beside the steady state, and what they decide.</summary>
public sealed class AlarmTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private static readonly Rung[] Slow = [new(FaultKind.Latency, 50), new(FaultKind.Latency, 100)];
    private WebApplication watched = null!;
    private volatile int status = 200;

    public async ValueTask InitializeAsync() =>
        watched = await Stage.Serve(app => app.MapGet("/alarm", () => Results.StatusCode(status)));

    public ValueTask DisposeAsync() => watched.DisposeAsync();

    [Fact]
    public async Task A_blocking_alarm_refuses_a_run()
    {
        status = 500;
        var run = await stage.Begin(Design("blocked", AlarmKind.Blocking));
        Assert.Equal(RunState.Refused, run.State);
        Assert.StartsWith("Alarm (shoppers): Blocking alarm 'shoppers':", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocking_alarm_stops_a_run_and_breaks_no_rung()
    {
        var run = await stage.Begin(Design("stopped", AlarmKind.Blocking, hold: 40));
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        status = 500;
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.Halted, Verdict.Inconclusive), (ended.State, ended.Verdict));
        Assert.StartsWith("Blocking alarm 'shoppers':", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_alarm_breaks_the_rung_and_halts_nothing()
    {
        var run = await stage.Begin(Design("outcome", AlarmKind.Outcome, hold: 3));
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        status = 500;
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.Concluded, Verdict.Broke), (ended.State, ended.Verdict));
        Assert.Equal("Broke at or below 50 ms of latency. Outcome alarm: shoppers.", ended.Finding);
        Assert.Equal(["shoppers"], ended.Rungs[0].Alarms);
    }

    private ExperimentDesign Design(string name, AlarmKind kind, int hold = 1)
    {
        var design = stage.Design($"alarm-{name}", Slow);
        var probe = new HttpProbe($"{Stage.Address(watched)}alarm", "GET", TimeoutMs: 1000, EveryMs: 50);
        return design with
        {
            Ladder = new Ladder(Slow, hold),
            Alarms = [new Alarm("shoppers", kind, probe, new Tolerance(200, 900, 0.9m))],
        };
    }
}
