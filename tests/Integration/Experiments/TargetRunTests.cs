using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Steady.Contracts.Experiments;
using Steady.FaultAgent.Injectors;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Runs that break something other than an edge: a real process, through the agent that is shipped.</summary>
public sealed class TargetRunTests : IClassFixture<Stage>, IDisposable
{
    private readonly Stage stage;
    private readonly Process sleeper = Process.Start(new ProcessStartInfo("sleep", "600"))!;

    public TargetRunTests(Stage stage)
    {
        this.stage = stage;
        File.WriteAllText(stage.SleeperPid, sleeper.Id.ToString(CultureInfo.InvariantCulture));
    }

    private ProcessIdentity Sleeper => ProcessIdentity.Of(sleeper.Id)!;

    [Fact]
    public async Task A_process_is_paused_for_a_rung_and_goes_on_afterwards()
    {
        var run = await stage.Begin(Design("sleeper-pauses", "sleeper", new Rung(FaultKind.Pause, 1)));
        await Eventually.Holds(() => Sleeper.IsStopped, "The process was paused");
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.Concluded, 0), (ended.State, ended.FaultsLive));
        Assert.True(Assert.Single(ended.Rungs).Held);
        Assert.Contains("process paused", ended.Finding, StringComparison.Ordinal);
        Assert.False(Sleeper.IsStopped);
    }

    [Fact]
    public async Task A_halt_lets_the_process_go()
    {
        var design = Design("sleeper-halts", "sleeper", new Rung(FaultKind.Pause, 1));
        var run = await stage.Begin(design with { Ladder = design.Ladder with { HoldSeconds = 40 } });
        await Eventually.Holds(() => Sleeper.IsStopped, "The process was paused");
        Assert.Equal(HttpStatusCode.NoContent, await stage.Halt(run.Id));
        await Eventually.Holds(() => !Sleeper.IsStopped, "The process was let go");
        Assert.Equal(RunState.Halted, (await stage.UntilEnded(run.Id)).State);
    }

    [Fact]
    public async Task A_target_that_the_agent_does_not_list_keeps_the_run_from_starting()
    {
        var run = await stage.Begin(Design("nobody", "nobody", new Rung(FaultKind.Kill, 1)));
        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains("no target nobody for process. It has: sleeper", run.Reason, StringComparison.Ordinal);
        var port = await stage.Begin(Design("no-port", "sleeper", new Rung(FaultKind.LockedTable, 1)));
        Assert.Contains("no target sleeper for postgres", port.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chaos_Toolkit_has_no_words_for_it()
    {
        await stage.Frozen(Design("sleeper-exports", "sleeper", new Rung(FaultKind.Pause, 1)));
        using var answer = await stage.Http.GetAsync(
            "/v1/experiments/sleeper-exports/export?format=chaostoolkit",
            Stage.Stop
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stage.Stop)).RootElement;
        Assert.Equal("export-unmappable", problem.GetProperty("code").GetString());
    }

    public void Dispose()
    {
        sleeper.Kill();
        sleeper.Dispose();
    }

    private ExperimentDesign Design(string name, string target, params Rung[] rungs) =>
        stage.Design(name, rungs) with
        {
            BlastRadius = new BlastRadius(target, ["ledger"]),
        };
}
