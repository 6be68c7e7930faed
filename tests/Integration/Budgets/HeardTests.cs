using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>What becomes of a budget, as a foreign client hears it over the broker.</summary>
public sealed class HeardTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    [Fact]
    public async Task Quarters_of_a_budget_and_silence_are_heard_once()
    {
        await budgets.Define("heard");
        await using var quarters = await Ear.On(budgets.Bus, "budgets.threshold-crossed");
        await using var silence = await Ear.On(budgets.Bus, "budgets.data-gap-opened", "budgets.data-gap-closed");
        await budgets.Count("heard", TimeSpan.FromMinutes(5), 999_400, 600);
        Assert.Equal([25, 50], (await quarters.Heard(2)).Select(one => one.GetProperty("percent").GetInt32()));

        budgets.Clock.Advance(TimeSpan.FromMinutes(8));
        await Until(budget => budget.GapSince is not null);
        await budgets.Count("heard", TimeSpan.FromSeconds(10), 100, 0);
        await Until(budget => budget.GapSince is null);
        var heard = await silence.Heard(2);
        Assert.All(heard, one => Assert.Equal("heard", one.GetProperty("objective").GetString()));
        Assert.False(heard[0].TryGetProperty("until", out _));
        Assert.True(heard[1].TryGetProperty("until", out _));
    }

    private Task Until(Func<BudgetStatus, bool> holds) =>
        Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(TimeSpan.FromSeconds(1));
                return holds(await budgets.Budget("heard"));
            },
            "Judging the silence"
        );
}
