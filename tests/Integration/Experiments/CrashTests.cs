using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Sudden deaths in the middle of a run.</summary>
public sealed class CrashTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly Rung[] Slow = [new(FaultKind.Latency, 50), new(FaultKind.Latency, 100)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_whose_controller_was_killed_is_taken_back_and_halted_at_the_next_start()
    {
        var design = stage.Design("killed", Slow) with { Ladder = new Ladder(Slow, 45), Lease = new(30, 60) };
        // The service of the stage must not be there: one process has the runs in hand.
        await stage.Service.DisposeAsync();
        RunView run;
        using (var first = await Start())
        {
            using var drafted = await first.Http.PostAsJsonAsync("/v1/experiments", design, Json.Options, Stop);
            using var frozen = await first.Http.PostAsync("/v1/experiments/killed/freeze", null, Stop);
            using var begun = await first.Http.PostAsync("/v1/experiments/killed/runs", null, Stop);
            run = (await begun.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
            await Eventually.Answers(() => Run(first.Http, run.Id), seen => seen.State == RunState.Holding);
            first.Kill();
        }

        Assert.Contains(await stage.Leases(run.Id), lease => lease.State == LeaseState.Live);
        await stage.StartService();

        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.Halted, "The controller restarted."), (ended.State, ended.Reason));
        Assert.Equal(0, ended.FaultsLive);
        Assert.All(await stage.Leases(run.Id), lease => Assert.Equal(LeaseState.Reverted, lease.State));
        var next = await stage.Begin(stage.Design("after", Slow[..1]));
        Assert.Equal(Verdict.Held, (await stage.UntilEnded(next.Id)).Verdict);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_shown_to_be_out_waits_for_a_person()
    {
        var design = stage.Design("agent-gone", Slow) with { Ladder = new Ladder(Slow, 45), Lease = new(1, 60) };
        var run = await stage.Begin(design);
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        await stage.Agent.DisposeAsync();

        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.RevertUnconfirmed, 1), (ended.State, ended.FaultsLive));
        Assert.Contains("could not be shown to be out", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await stage.Halt(run.Id));
        await stage.RestartAgent();
        var refused = await stage.Begin(stage.Design("too-early", Slow));
        Assert.Equal(RunState.Refused, refused.State);

        using var confirmed = await stage.Http.PostAsJsonAsync(
            $"/v1/runs/{run.Id}/confirm",
            new ConfirmRevert("The agent was restarted; no toxic is listed."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        Assert.Equal((RunState.Halted, 0), ((await stage.Run(run.Id)).State, (await stage.Run(run.Id)).FaultsLive));
        var next = await stage.Begin(stage.Design("later", Slow[..1]));
        Assert.Equal(RunState.Baselining, next.State);
        await stage.UntilEnded(next.Id);
    }

    private async Task<Process> Start()
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Steady.Experiments.Runs.Run).Assembly.Location);
        foreach (var (name, value) in stage.Settings)
            start.ArgumentList.Add($"--{name}={value}");
        start.ArgumentList.Add($"--urls={address}");
        start.ArgumentList.Add($"--Auth:PublicKey={TestTokens.PublicKey}");
        var service = new Process(
            System.Diagnostics.Process.Start(start)!,
            new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) }
        );
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            TestTokens.With("admin")
        );
        await Eventually.Holds(() => Answers(service.Http), "The service came up", TimeSpan.FromMinutes(1));
        return service;
    }

    private static async Task<RunView> Run(HttpClient http, Guid id) =>
        (await http.GetFromJsonAsync<RunView>($"/v1/runs/{id}", Json.Options, Stop))!;

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health", Stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed record Process(System.Diagnostics.Process Running, HttpClient Http) : IDisposable
    {
        /// <summary>SIGKILL: nothing in the process gets to tidy up.</summary>
        public void Kill()
        {
            Running.Kill();
            Running.WaitForExit();
        }

        public void Dispose()
        {
            if (!Running.HasExited)
                Kill();
            Running.Dispose();
            Http.Dispose();
        }
    }
}
