using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
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

    [Fact]
    public async Task A_composite_that_burns_is_heard_like_an_objective_and_its_alert_ends_with_it()
    {
        await budgets.Define("hear-pay");
        await budgets.Define("hear-ship");
        await using var ear = await Ear.On(budgets.Bus, "budgets.burn-alert-opened", "budgets.burn-alert-closed");
        await budgets.Count("hear-pay", TimeSpan.FromSeconds(30), 1_000_000, 0);
        await budgets.Count("hear-ship", TimeSpan.FromSeconds(30), 1_000, 0);
        CompositePart[] parts = [new(CompositeKind.Objective, "hear-pay"), new(CompositeKind.Objective, "hear-ship")];
        await budgets.Ana.PutAsJsonAsync(
            "/v1/composites/hear-buying",
            new DefineComposite("People can buy", "hear-shop", 0.999m, "28d", new(CompositeKind.Serial, Parts: parts)),
            Json.Options,
            TestContext.Current.CancellationToken
        );
        await budgets.Count("hear-ship", TimeSpan.FromSeconds(20), 900, 100);
        await Composite(one => one.Alerts!.Count == 1);
        // The part that fails is heard as well; the composite in place of an objective, once.
        var heard = await ear.Heard(2);
        var whole = Assert.Single(heard, one => one.GetProperty("objective").GetString() == "hear-buying");
        Assert.Equal(("hear-shop", "page"), (Text(whole, "service"), Text(whole, "severity")));
        Assert.Equal(50_000, whole.GetProperty("longBad").GetInt64());

        var history = await budgets.Get<CompositeHistory>("/v1/composites/hear-buying/history");
        Assert.Equal(0.95m, history.Points[^1].Availability);
        Assert.Equal(BurnSeverity.Page, Assert.Single(history.Marks).Severity);
        var retired = await budgets.Ana.DeleteAsync(
            "/v1/composites/hear-buying",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        budgets.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("hear-buying", Text((await ear.Heard(1))[0], "objective"));
    }

    [Fact]
    public async Task A_calendar_window_that_ends_is_heard_with_its_figures()
    {
        var day = budgets.Now.UtcDateTime.Date;
        var document = BudgetsService
            .Document("hear-day", "hear-day")
            .Replace("30d", "1d", StringComparison.Ordinal)
            .Replace(
                "isRolling: true",
                $"isRolling: false\n      calendar: {{ startTime: \"{day.AddDays(-1):yyyy-MM-dd} 00:00:00\", timeZone: UTC }}",
                StringComparison.Ordinal
            );
        var answer = await budgets.Ana.PostAsync(
            "/v1/objectives",
            BudgetsService.Yaml(document),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await using var ear = await Ear.On(budgets.Bus, "budgets.window-rolled");
        await budgets.Count("hear-day", TimeSpan.FromSeconds(10), 9_995, 5);
        budgets.Clock.Advance(TimeSpan.FromDays(1));
        var rolled = await ear.Heard(1, () => budgets.Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(("hear-day", "1d"), (Text(rolled[0], "objective"), Text(rolled[0], "window")));
        Assert.Equal(
            (9_995L, 5L, 10L, 0.5m, true),
            (
                rolled[0].GetProperty("good").GetInt64(),
                rolled[0].GetProperty("bad").GetInt64(),
                rolled[0].GetProperty("allowedBad").GetInt64(),
                decimal.Parse(Text(rolled[0], "remaining")!, CultureInfo.InvariantCulture),
                rolled[0].GetProperty("met").GetBoolean()
            )
        );
    }

    private static string? Text(JsonElement message, string name) => message.GetProperty(name).GetString();

    private Task Composite(Func<CompositeStatus, bool> holds) =>
        Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(TimeSpan.FromSeconds(1));
                return holds(await budgets.Get<CompositeStatus>("/v1/composites/hear-buying"));
            },
            "Judging the composite"
        );

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
