using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
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

public sealed class RunTests : IClassFixture<Stage>
{
    private static readonly Rung[] Latencies =
    [
        new(FaultKind.Latency, 50),
        new(FaultKind.Latency, 150),
        new(FaultKind.Latency, 2000),
    ];
    private static readonly Rung AllFail = new(FaultKind.Failure, 100);
    private readonly Stage stage;

    public RunTests(Stage stage)
    {
        this.stage = stage;
        (stage.BudgetLeft, stage.Incident) = (true, null);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ladder_is_climbed_until_it_breaks_and_the_breaking_point_is_named()
    {
        var started = await stage.Begin(stage.Design("slow-ledger", Latencies));
        Assert.Equal(RunState.Baselining, started.State);

        var ended = await stage.UntilEnded(started.Id);

        Assert.Equal((RunState.Concluded, Verdict.Broke), (ended.State, ended.Verdict));
        Assert.Equal("Broke between 150 and 2000 ms of latency.", ended.Finding);
        Assert.Equal([true, true, false], ended.Rungs.Select(rung => rung.Held));
        Assert.All(ended.Rungs, rung => Assert.True(rung.EffectVerified && rung.RevertedAt is not null));
        Assert.Equal(0, ended.FaultsLive);
        Assert.NotNull(ended.RecoverySeconds);
        Assert.All(await stage.Leases(started.Id), lease => Assert.Equal(LeaseState.Reverted, lease.State));
    }

    [Fact]
    public async Task Bisection_narrows_the_breaking_point_down_within_the_approved_rungs()
    {
        var design = stage.Design("bisected", Latencies) with { Ladder = new Ladder(Latencies, 1, Bisect: 2) };
        var ended = await stage.UntilEnded((await stage.Begin(design)).Id);
        Assert.Equal(Verdict.Broke, ended.Verdict);
        var (held, broke) = (0, int.MaxValue);
        var next = new Queue<int>(Latencies.Select(rung => rung.Magnitude));
        // What holds depends on how fast the machine is: where it looks next follows from what held.
        foreach (var rung in ended.Rungs)
        {
            var magnitude = rung.Rung.Magnitude;
            Assert.Equal(broke == int.MaxValue ? next.Dequeue() : held + ((broke - held) / 2), magnitude);
            (held, broke) = rung.Held == true ? (magnitude, broke) : (held, magnitude);
        }

        Assert.Equal(2, ended.Rungs.SkipWhile(rung => rung.Held == true).Skip(1).Count());
        Assert.Equal($"Broke between {held} and {broke} ms of latency.", ended.Finding);
    }

    [Fact]
    public async Task A_ladder_that_holds_is_said_to_hold_and_frees_its_edge()
    {
        var first = await stage.Begin(stage.Design("gentle", Latencies[..1]));
        var ended = await stage.UntilEnded(first.Id);
        Assert.Equal((Verdict.Held, "Held up to 50 ms of latency."), (ended.Verdict, ended.Finding));

        var next = await stage.Begin(stage.Design("gentle", Latencies[..1]));
        Assert.Equal(RunState.Baselining, next.State);
        await stage.UntilEnded(next.Id);
    }

    [Fact]
    public async Task A_breached_abort_criterion_ends_the_run_before_its_hold_is_over()
    {
        var design = stage.Design("all-fail", AllFail) with { Ladder = new Ladder([AllFail], HoldSeconds: 40) };
        var run = await stage.Begin(design);
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal(RunState.Halted, ended.State);
        Assert.StartsWith("Abort criterion:", ended.Reason, StringComparison.Ordinal);
        Assert.Equal("Broke at or below 100 % failures.", ended.Finding);
        Assert.All(await stage.Leases(run.Id), lease => Assert.Equal(LeaseState.Reverted, lease.State));
    }

    [Fact]
    public async Task A_run_that_is_over_has_a_journal_and_one_that_goes_on_has_none()
    {
        var run = await stage.Begin(stage.Design("written-down", Latencies[..1]));
        var journal = new Uri($"/v1/runs/{run.Id}/journal", UriKind.Relative);
        using var early = await stage.Http.GetAsync(journal, Stop);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        await stage.UntilEnded(run.Id);
        var written = await stage.Http.GetFromJsonAsync<JsonObject>(journal, Stop);
        Assert.Equal(("completed", false), ((string?)written!["status"], (bool?)written["deviated"]));
        Assert.Equal("inject-1", (string?)written["run"]![0]!["activity"]!["name"]);
        Assert.Equal("succeeded", (string?)written["rollbacks"]![0]!["status"]);
    }

    [Fact]
    public async Task Halting_takes_the_fault_out_and_is_as_good_twice_as_once()
    {
        var design = stage.Design("halted", Latencies) with { Ladder = new Ladder(Latencies, HoldSeconds: 40) };
        var run = await stage.Begin(design);
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        Assert.Equal(HttpStatusCode.NoContent, await stage.Halt(run.Id));
        Assert.Equal(HttpStatusCode.NoContent, await stage.Halt(run.Id));

        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.Halted, "Customers complain."), (ended.State, ended.Reason));
        Assert.Equal("Ended before 50 ms of latency was judged.", ended.Finding);
        Assert.NotNull(ended.RecoverySeconds);
        Assert.DoesNotContain(await stage.Leases(run.Id), lease => lease.State == LeaseState.Live);
    }

    [Fact]
    public async Task An_incident_on_the_blast_radius_halts_the_run_once_however_often_it_is_told()
    {
        var design = stage.Design("incident", Latencies) with { Ladder = new Ladder(Latencies, HoldSeconds: 40) };
        var run = await stage.Begin(design);
        await stage.Until(run.Id, seen => seen.State == RunState.Holding);
        var declared = new IncidentDeclared(
            StableId.From("incident"),
            12,
            "ledger",
            Severity.Sev2,
            "Payments are late",
            null,
            DateTimeOffset.UnixEpoch,
            "ana",
            DateTimeOffset.UnixEpoch
        );
        var bus = stage.Service.Services.GetRequiredService<IBus>();
        var message = StableId.From("message");
        await bus.Publish(declared with { Service = "elsewhere" }, Stop);
        for (var time = 0; time < 3; time++)
            await bus.Publish(declared, context => context.MessageId = message, Stop);

        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal("INC-12 was declared on ledger: Payments are late", ended.Reason);
        Assert.Single(await stage.Events(run.Id), happened => happened is HaltRequested);
        Assert.DoesNotContain(await stage.Leases(run.Id), lease => lease.State == LeaseState.Live);
    }

    [Fact]
    public async Task The_log_shows_how_soon_after_the_breach_the_fault_was_out()
    {
        var design = stage.Design("quick", AllFail) with { Ladder = new Ladder([AllFail], HoldSeconds: 40) };
        var run = await stage.Begin(design);
        await stage.UntilEnded(run.Id);
        var events = await stage.Events(run.Id);
        var breach = events.OfType<HaltRequested>().Single();
        var reverted = events.OfType<Steady.Experiments.Runs.FaultReverted>().Single();
        Assert.True(reverted.WasLive);
        // The bar is p99 on a quiet machine; a benchmark measures it. Here one run must not be slower by orders.
        Assert.InRange((reverted.At - breach.At).TotalMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task A_run_asked_for_twice_with_one_key_is_one_run()
    {
        var id = await stage.Frozen(stage.Design("once", Latencies[..1]));
        var runs = new List<Guid>();
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/experiments/{id}/runs");
            request.Headers.Add("Idempotency-Key", "monday");
            using var answer = await stage.Http.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var run = (await answer.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
            Assert.Equal($"/v1/runs/{run.Id}", answer.Headers.Location!.ToString());
            runs.Add(run.Id);
        }

        Assert.Single(runs.Distinct());
        await stage.Halt(runs[0]);
        await stage.UntilEnded(runs[0]);
    }

    [Fact]
    public async Task A_spent_budget_refuses_the_run()
    {
        stage.BudgetLeft = false;
        var run = await stage.Begin(stage.Design("no-budget", Latencies));
        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains("Budget (checkout): The budget is spent.", run.Reason, StringComparison.Ordinal);
        Assert.Empty(await stage.Leases(run.Id));
    }

    [Theory]
    [InlineData(IncidentStatus.Open)]
    [InlineData(IncidentStatus.Mitigated)]
    public async Task An_incident_that_is_not_resolved_refuses_the_run(IncidentStatus status)
    {
        stage.Incident = status;
        var run = await stage.Begin(stage.Design("in-trouble", Latencies));
        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains("INC-7 is open on ledger", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_runs_that_start_at_once_one_gets_the_edge()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 4; n++)
            ids.Add(await stage.Frozen(stage.Design($"rival-{n}", Latencies)));
        var runs = await Task.WhenAll(
            ids.Select(async id =>
            {
                using var answer = await stage.Http.PostAsync($"/v1/experiments/{id}/runs", null, Stop);
                return (await answer.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
            })
        );
        var winner = Assert.Single(runs, run => run.State == RunState.Baselining);
        Assert.All(
            runs.Where(run => run != winner),
            run => Assert.Contains("Another run has this in hand", run.Reason, StringComparison.Ordinal)
        );
        await stage.Halt(winner.Id);
        await stage.UntilEnded(winner.Id);
    }

    [Fact]
    public async Task Of_runs_on_different_edges_whose_services_meet_one_gets_them()
    {
        var here = await stage.Frozen(stage.Design("meets-here", Latencies));
        var there = await stage.Frozen(
            stage.Design("meets-there", Latencies) with
            {
                BlastRadius = new BlastRadius(Stage.OtherEdge, ["web", "checkout"]),
            }
        );
        for (var round = 0; round < 5; round++)
        {
            var runs = await Task.WhenAll(new[] { here, there, here, there }.Select(Start));
            var winner = Assert.Single(runs, run => run.State == RunState.Baselining);
            Assert.All(runs.Where(run => run != winner), run => Assert.StartsWith("Claim (", run.Reason));
            await stage.Halt(winner.Id);
            await stage.UntilEnded(winner.Id);
        }

        async Task<RunView> Start(Guid id)
        {
            using var answer = await stage.Http.PostAsync($"/v1/experiments/{id}/runs", null, Stop);
            return (await answer.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
        }
    }

    [Fact]
    public async Task An_incident_on_who_depends_on_the_blast_radius_halts_the_run()
    {
        var design = stage.Design("dependent", Latencies) with { Ladder = new Ladder(Latencies, HoldSeconds: 40) };
        var run = await stage.Begin(design);
        var declared = new IncidentDeclared(
            StableId.From("web-incident"),
            13,
            "web",
            Severity.Sev2,
            "Pages are slow",
            null,
            DateTimeOffset.UnixEpoch,
            "ana",
            DateTimeOffset.UnixEpoch
        );
        await stage.Service.Services.GetRequiredService<IBus>().Publish(declared, Stop);
        Assert.Equal("INC-13 was declared on web: Pages are slow", (await stage.UntilEnded(run.Id)).Reason);
    }

    [Fact]
    public async Task A_baseline_out_of_tolerance_ends_the_run_without_a_fault()
    {
        var design = stage.Design("unwell", Latencies);
        design = design with { SteadyState = design.SteadyState with { Tolerance = new Tolerance(204, 700, 0.8m) } };
        var run = await stage.Begin(design);
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal(RunState.Halted, ended.State);
        Assert.StartsWith("Baseline out of tolerance", ended.Reason, StringComparison.Ordinal);
        Assert.Empty(ended.Rungs);
        Assert.Empty(await stage.Leases(run.Id));
    }
}
