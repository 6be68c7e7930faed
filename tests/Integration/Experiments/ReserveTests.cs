using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Tests.Integration.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>A share of a real Budgets' error budget is set aside, watched, charged and reconciled.</summary>
public sealed class ReserveTests : IAsyncLifetime
{
    private static readonly Rung[] Gentle = [new(FaultKind.Latency, 50)];
    private readonly Stage stage;
    private Harness budgets = null!;
    private long sequence;

    public ReserveTests() => stage = new Stage { Budgets = StartBudgets };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public ValueTask InitializeAsync() => stage.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        await budgets.DisposeAsync();
    }

    [Fact]
    public async Task A_run_that_has_used_up_its_share_is_halted_and_charged_with_what_Budgets_puts_down_to_it()
    {
        await Define("checkout-slo", "checkout");
        // Twenty a second are known, and fewer come; what comes at once could not be foreseen by anybody.
        await Count("checkout-slo", TimeSpan.FromMinutes(2), 6_000, 0);
        await Count("checkout-slo", TimeSpan.FromMinutes(30), 3_960, 0);
        await Count("checkout-slo", TimeSpan.Zero, 40, 0);

        var run = await stage.Begin(Reserving("frugal", 0.3m));
        Assert.Equal((RunState.Baselining, null), (run.State, run.Reason));
        var set = Assert.Single((await Bill(run.Id)).Reserved);
        Assert.Equal(("checkout-slo", 1000L, 300L), (set.Objective, set.Allowed, set.Failures));

        long failed = 0;
        var ended = await stage.Run(run.Id);
        while (ended.EndedAt is null)
        {
            var bad = ended.State == RunState.Holding ? 3 : 0;
            await Count("checkout-slo", TimeSpan.Zero, 3 - bad, bad);
            failed += bad;
            ended = await stage.Until(run.Id, seen => seen.EndedAt is not null || Answered());
        }

        Assert.Equal(RunState.Halted, ended.State);
        Assert.StartsWith("The reserved budget of checkout-slo is used up:", ended.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(await stage.Leases(run.Id), lease => lease.State == LeaseState.Live);

        await Count("checkout-slo", TimeSpan.Zero, 1, 0);
        var bill = await Eventually.Answers(() => Bill(run.Id), seen => seen.Agrees is not null);
        Assert.True(bill.Agrees, Golden.Print(bill));
        var charged = Assert.Single(bill.Charged!);
        Assert.Equal((failed, 0L), (charged.Failures, charged.Background));
        Assert.Equal(failed, Assert.Single(bill.Compared!).Attributed);
        Assert.InRange(charged.Failures, 0, set.Failures);
    }

    [Fact]
    public async Task A_run_that_would_set_more_aside_than_is_left_does_not_begin_and_neither_does_one_that_nobody_counts()
    {
        var uncounted = await stage.Begin(Reserving("uncounted", 0.2m));
        Assert.Equal(RunState.Refused, uncounted.State);
        Assert.Contains("Reserve (uncounted): No objective covers", uncounted.Reason, StringComparison.Ordinal);

        await Define("ledger-slo", "ledger");
        await Count("ledger-slo", TimeSpan.FromMinutes(30), 9_000, 500);
        var greedy = await stage.Begin(Reserving("greedy", 0.5m));
        Assert.Equal(RunState.Refused, greedy.State);
        Assert.Contains("Reserve (ledger-slo): 50.00 % of the 950", greedy.Reason, StringComparison.Ordinal);
        Assert.Empty((await Bill(greedy.Id)).Reserved);

        using var unknown = await stage.Http.GetAsync($"/v1/runs/{Guid.Empty}/budget", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private ExperimentDesign Reserving(string name, decimal share) =>
        stage.Design(name, Gentle) with
        {
            Budget = new BudgetReserve(share),
            Ladder = new Ladder(Gentle, HoldSeconds: 40),
        };

    private int answers;

    // Some answers later the next failures come: quicker than the watch looks, slow enough to be seen one after the other.
    private bool Answered() => ++answers % 5 == 0;

    private Task<RunBudget> Bill(Guid run) =>
        stage.Http.GetFromJsonAsync<RunBudget>($"/v1/runs/{run}/budget", Json.Options, Stop)!;

    private async Task<Uri> StartBudgets(string bus)
    {
        budgets = await Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:budgets"] = await Servers.NewDatabase("budgets"),
                ["ConnectionStrings:bus"] = bus,
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        return budgets.Address;
    }

    private async Task Define(string name, string service)
    {
        var document = BudgetsService.Yaml(BudgetsService.Document(name, service, "0.9"));
        using var answer = await budgets.Admin.PostAsync("/v1/objectives", document, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private async Task Count(string objective, TimeSpan ago, long good, long bad)
    {
        var bucket = new CountBucket(BudgetsService.Aligned(Now - ago), 10, good, bad);
        var batch = new RecordCounts("test", ++sequence, [bucket]);
        using var answer = await budgets.Admin.PostAsJsonAsync(
            $"/v1/slis/{objective}-requests/counts",
            batch,
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }
}
