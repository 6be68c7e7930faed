using System.Net;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>How a budget came to stand as it does.</summary>
public sealed class HistoryTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_history_ends_where_the_status_stands_and_tells_what_happened()
    {
        await budgets.Define("told");
        await budgets.Count("told", TimeSpan.FromDays(10), 1_000_000, 0);
        await budgets.Count("told", TimeSpan.FromSeconds(20), 1_000, 300);
        var status = await budgets.Budget("told");
        var history = await budgets.Get<BudgetHistory>("/v1/budgets/told/history");

        Assert.Equal((241, 10_800), (history.Points.Count, history.StepSeconds));
        var last = history.Points[^1];
        Assert.Equal(
            (status.Good, status.Bad, status.AllowedBad, status.Remaining),
            (last.Good, last.Bad, last.AllowedBad, last.Remaining)
        );
        Assert.Equal((0, (decimal?)1m), (history.Points[^2].Bad, history.Points[^2].Remaining));
        Assert.Equal((1_000L, 300L), (last.StepGood, last.StepBad));
        Assert.Equal(
            status.Alerts.Select(alert => alert.Id).Order(),
            history.Marks.Where(mark => mark.Kind == HistoryKind.BurnAlert).Select(mark => mark.Id!.Value).Order()
        );
    }

    [Fact]
    public async Task A_range_that_makes_no_sense_is_refused()
    {
        await budgets.Define("ranged");
        var answer = await budgets.Ana.GetAsync("/v1/budgets/ranged/history?step=61", Stop);
        Assert.Equal("history-range", await BudgetsService.CodeOf(answer));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await budgets.Ana.GetAsync("/v1/budgets/nothing/history", Stop)).StatusCode
        );
    }
}
