using System.Net;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>What was known at a moment stays known; what comes late is told; what differs is told.</summary>
public sealed class AsOfTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_as_of_a_past_moment_never_changes()
    {
        await budgets.Define("then");
        var behind = TimeProvider.System.GetUtcNow() - budgets.Now;
        if (behind > TimeSpan.Zero)
            budgets.Clock.Advance(behind);
        await budgets.Count("then", TimeSpan.FromMinutes(2), 990, 10);
        // Short enough that no data gap opens: events are recorded by the store's own clock, which does not move by hand.
        budgets.Clock.Advance(TimeSpan.FromMinutes(5));
        var moment = (budgets.Now - TimeSpan.FromMinutes(4)).Down(Horizons.Minute);
        var address = $"/v1/budgets/then?asOf={Uri.EscapeDataString(moment.ToString("O"))}";

        var before = await budgets.Ana.GetStringAsync(address, Stop);
        await budgets.Count("then", TimeSpan.FromMinutes(6), 0, 500);

        Assert.Equal(before, await budgets.Ana.GetStringAsync(address, Stop));
        var then = await budgets.Get<BudgetStatus>(address);
        Assert.Equal((990L, 10L, moment), (then.Good, then.Bad, then.AsOf));
        Assert.Equal(510, (await budgets.Budget("then")).Bad);
    }

    [Fact]
    public async Task A_moment_that_may_still_change_is_refused()
    {
        await budgets.Define("soon");
        var address = $"/v1/budgets/soon?asOf={Uri.EscapeDataString(budgets.Now.ToString("O"))}";
        var answer = await budgets.Ana.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("as-of-out-of-reach", await BudgetsService.CodeOf(answer));
    }

    [Fact]
    public async Task What_comes_for_sealed_hours_is_told_once_for_many_batches()
    {
        var objective = await budgets.Define("late");
        budgets.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            await budgets.Count("late", TimeSpan.FromDays(3), 8, 2);
        budgets.Clock.Advance(TimeSpan.FromMinutes(2));
        var audit = budgets.Service.Services.GetRequiredService<AuditWorker>();
        await audit.TellLate(Stop);
        await audit.TellLate(Stop);

        var told = Assert.Single((await Stored(objective.Id)).OfType<LateDataApplied>());
        Assert.Equal(new Tally(40, 10), told.Counts);
    }

    [Fact]
    public async Task A_running_sum_that_differs_is_an_event_of_the_budget()
    {
        var objective = await budgets.Define("differing");
        await budgets.Count("differing", TimeSpan.FromMinutes(1), 100, 0);
        var database = budgets.Service.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using var plant = database.CreateCommand(
            "update budgets.count_ten set good = good + 7 where sli = (select id from budgets.count_sli where name = 'differing-requests')"
        );
        Assert.Equal(1, await plant.ExecuteNonQueryAsync(Stop));
        await using var minute = database.CreateCommand(
            "update budgets.count_minute set good = good + 7 where sli = (select id from budgets.count_sli where name = 'differing-requests')"
        );
        Assert.Equal(1, await minute.ExecuteNonQueryAsync(Stop));

        await budgets.Service.Services.GetRequiredService<AuditWorker>().Audit(Stop);

        var told = (await Stored(objective.Id)).OfType<SumsDiffered>().ToList();
        Assert.Contains(told, one => one.Held == new Tally(100, 0) && one.Counted == new Tally(107, 0));
    }

    private async Task<IEnumerable<object>> Stored(Guid objective)
    {
        await using var session = budgets.Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var events = await session.Events.FetchStreamAsync(Steady.Budgets.Burn.Budget.IdOf(objective), token: Stop);
        return events.Select(one => one.Data);
    }
}
