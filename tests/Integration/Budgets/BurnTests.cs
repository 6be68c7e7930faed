using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using BurnAlertOpened = Steady.Contracts.Budgets.BurnAlertOpened;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Budgets burn, alerts open and close, spend is put down to its causes.</summary>
public sealed class BurnTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_opens_in_the_request_that_tipped_the_budget_and_under_its_trace()
    {
        var objective = await budgets.Define("tipped");
        await budgets.Count("tipped", TimeSpan.FromMinutes(3), 10_000, 0);
        Assert.Equal(BudgetState.Healthy, (await budgets.Budget("tipped")).State);

        using var cause = new Activity("a failing checkout").Start();
        await budgets.Count("tipped", TimeSpan.FromSeconds(20), 0, 500);
        cause.Stop();

        var budget = await budgets.Budget("tipped");
        Assert.Equal(BudgetState.Exhausted, budget.State);
        Assert.Equal(
            ["1h page 14.4"],
            budget.Alerts.Select(alert =>
                FormattableString.Invariant($"{alert.LongWindow} {Word(alert)} {alert.Factor}")
            )
        );
        var stored = await Stored(objective.Id);
        Assert.All(
            stored.Where(stored => stored.Data is Steady.Budgets.Burn.BurnAlertOpened),
            opened =>
                Assert.Contains(
                    cause.TraceId.ToString(),
                    opened.GetHeader("traceparent")?.ToString(),
                    StringComparison.Ordinal
                )
        );
        var first = stored.Select(one => one.Data).OfType<Steady.Budgets.Burn.BurnAlertOpened>().First();
        Assert.Equal(BudgetsService.Aligned(budgets.Now.AddSeconds(-20)), first.FirstBadAt);
    }

    [Fact]
    public async Task A_page_closes_by_itself_when_the_short_windows_have_recovered_and_leaves_a_ticket()
    {
        var objective = await budgets.Define("closes");
        await budgets.Count("closes", TimeSpan.FromDays(10), 1_000_000, 0);
        await budgets.Count("closes", TimeSpan.FromMinutes(4), 5_000, 0);
        await budgets.Count("closes", TimeSpan.FromMinutes(1), 0, 200);
        Assert.Contains((await budgets.Budget("closes")).Alerts, alert => alert.LongWindow == "1h");

        budgets.Clock.Advance(TimeSpan.FromMinutes(30));
        await Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(Second);
                return (await budgets.Budget("closes")).Alerts.All(alert => alert.Severity != BurnSeverity.Page);
            },
            "Closing the alert without traffic"
        );
        var budget = await budgets.Budget("closes");
        Assert.Equal((BudgetState.Burning, 200L), (budget.State, budget.Bad));
        Assert.Equal(BurnSeverity.Ticket, Assert.Single(budget.Alerts).Severity);
        Assert.Single(
            (await Stored(objective.Id)).Select(one => one.Data).OfType<Steady.Budgets.Burn.BurnAlertClosed>()
        );
    }

    [Fact]
    public async Task Counts_that_nobody_judged_are_judged_by_a_tick_under_their_own_trace()
    {
        var objective = await budgets.Define("orphan");
        using var cause = new Activity("the request of a process that died").Start();
        cause.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        var batch = CountBatchOf(100);
        await budgets
            .Service.Services.GetRequiredService<Steady.Budgets.Counts.CountTable>()
            .Add("orphan-requests", batch, budgets.Now, cause.Id);
        cause.Stop();

        await Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(Second);
                return (await Stored(objective.Id)).Any(one => one.Data is Steady.Budgets.Burn.BurnAlertOpened);
            },
            "Opening the alert by a tick"
        );
        var opened = (await Stored(objective.Id)).First(one => one.Data is Steady.Budgets.Burn.BurnAlertOpened);
        Assert.Contains(
            cause.TraceId.ToString(),
            opened.GetHeader("traceparent")?.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Many_judging_at_once_open_an_alert_once()
    {
        var objective = await budgets.Define("race");
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 24),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop },
            async (n, _) => await budgets.Count("race", TimeSpan.FromSeconds(10 * n), 1, 50)
        );

        var opened = (await Stored(objective.Id)).Select(one => one.Data).OfType<Steady.Budgets.Burn.BurnAlertOpened>();
        Assert.Single(opened);
    }

    [Fact]
    public async Task A_foreign_client_hears_of_the_alert_in_plain_json()
    {
        var factory = new ConnectionFactory { Uri = new Uri(budgets.Bus) };
        await using var connection = await factory.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.ExchangeDeclareAsync(
            "budgets.burn-alert-opened",
            "fanout",
            durable: true,
            cancellationToken: Stop
        );
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Stop)).QueueName;
        await channel.QueueBindAsync(queue, "budgets.burn-alert-opened", "", cancellationToken: Stop);

        await budgets.Define("heard", service: "radio");
        await budgets.Count("heard", TimeSpan.FromSeconds(20), 0, 100);

        BurnAlertOpened? heard = null;
        await Eventually.Holds(
            async () =>
            {
                var got = await channel.BasicGetAsync(queue, autoAck: true, Stop);
                var message = got is null
                    ? null
                    : JsonSerializer.Deserialize<BurnAlertOpened>(got.Body.Span, Json.Options);
                heard = message?.Objective == "heard" ? message : heard;
                return heard is not null;
            },
            "Hearing of the alert"
        );
        Assert.Equal(
            ("radio", BurnSeverity.Page, 100L, 0L),
            (heard!.Service, heard.Severity, heard.LongBad, heard.LongGood)
        );
    }

    [Fact]
    public async Task Spend_is_put_down_to_the_run_before_the_incident_and_adds_up()
    {
        var objective = await budgets.Define("spend", service: "spend-shop");
        var start = BudgetsService.Aligned(budgets.Now.AddMinutes(-10));
        await budgets.Count("spend", budgets.Now - start, 50_000, 1);
        await budgets.Count("spend", budgets.Now - start.AddSeconds(60), 0, 10);
        await budgets.Count("spend", budgets.Now - start.AddSeconds(120), 0, 20);
        await budgets.Count("spend", budgets.Now - start.AddSeconds(180), 0, 5);

        var incident = new IncidentResolved(
            Guid.Parse("0195f000-0000-7000-8000-000000000001"),
            "spend-shop",
            "Nobody can pay",
            "Disk freed",
            start.AddSeconds(65),
            "bo",
            start.AddSeconds(185)
        );
        var run = new RunConcluded(
            Guid.Parse("0195f000-0000-7000-8000-000000000002"),
            "Ledger is slow",
            ["spend-shop", "ledger"],
            default,
            "broke between 200 and 400 ms",
            start.AddSeconds(55),
            "ana",
            start.AddSeconds(130)
        );
        var message = Guid.Parse("0195f000-0000-7000-8000-000000000003");
        await budgets.Publish(incident, message);
        await budgets.Publish(incident, message);
        await Attributed(objective.Id, 1);
        Assert.Equal(
            [("Nobody can pay", 35L), ("Unattributed", 1L)],
            (await budgets.Budget("spend")).Spend.Select(share => (share.Label, share.Bad))
        );

        await budgets.Publish(run, Guid.Parse("0195f000-0000-7000-8000-000000000004"));
        await Attributed(objective.Id, 2);
        var budget = await budgets.Budget("spend");
        Assert.Equal(
            [("Ledger is slow", 30L), ("Nobody can pay", 5L), ("Unattributed", 1L)],
            budget.Spend.Select(share => (share.Label, share.Bad))
        );
        Assert.Equal(budget.Bad, budget.Spend.Sum(share => share.Bad));

        // The copy of the incident's message has long been taken in by now, and has changed nothing.
        await budgets.Publish(incident, message);
        await budgets.Publish(run, Guid.Parse("0195f000-0000-7000-8000-000000000005"));
        await Receipts(objective.Id, 3);
        await Attributed(objective.Id, 2);
    }

    private async Task Attributed(Guid objective, int times)
    {
        var events = await Eventually.Answers(() => Stored(objective), stored => Count(stored) >= times);
        Assert.Equal(times, Count(events));

        static int Count(IReadOnlyList<JasperFx.Events.IEvent> stored) =>
            stored.Count(one => one.Data is Steady.Budgets.Burn.SpendAttributed);
    }

    private Task Receipts(Guid objective, int count) =>
        Eventually.Holds(
            async () =>
            {
                await using var session = budgets.Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
                var suffix = $":{Budget.IdOf(objective)}";
                return await session.Query<Receipt>().CountAsync(receipt => receipt.Id.EndsWith(suffix), Stop) == count;
            },
            "Taking in every message once"
        );

    private async Task<IReadOnlyList<JasperFx.Events.IEvent>> Stored(Guid objective)
    {
        await using var session = budgets.Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Events.FetchStreamAsync(Budget.IdOf(objective), token: Stop);
    }

    private Steady.Budgets.Counts.CountBatch CountBatchOf(long bad) =>
        Steady.Budgets.Counts.CountBatch.From(
            new RecordCounts("died", 1, [new(BudgetsService.Aligned(budgets.Now.AddSeconds(-20)), 10, 0, bad)])
        );

    private static string Word(OpenBurnAlert alert) => alert.Severity == BurnSeverity.Page ? "page" : "ticket";
}
