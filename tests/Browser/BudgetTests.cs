using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page of one budget: what is left, who made it fall, when it alerts and why there.</summary>
public sealed class BudgetTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_budget_that_fell_is_accessible_and_says_in_words_what_the_picture_shows(ColorScheme colours)
    {
        var name = await Fallen($"fell-{colours}".ToLowerInvariant());
        var page = await SignedIn($"/budgets/{name}", colours);

        await Expect(page.Locator("#budget-burndown svg .piece").First).ToBeVisibleAsync();
        await Expect(page.Locator("#budget-burndown svg"))
            .ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("of the budget is left"));
        await page.GetByText("As a table").ClickAsync();
        await Expect(page.Locator("#budget-burndown table")).ToContainTextAsync("alert above");
        await Expect(page.Locator("#budget-rules")).ToContainTextAsync("1h and 5m");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_moment_that_cannot_be_answered_for_good_is_told_over_the_budget_as_it_is()
    {
        var name = await Fallen("reach");
        var page = await SignedIn($"/budgets/{name}?at=2020-01-01T00:00:00Z");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be answered for good");
        await Expect(page.Locator("#past")).ToHaveCountAsync(0);
        await Expect(page.Locator("#budget-numbers")).ToContainTextAsync("Now");
    }

    [Fact]
    public async Task The_burn_down_follows_without_a_reload()
    {
        var name = await Fallen("follows");
        var page = await SignedIn($"/budgets/{name}");
        await page.EvaluateAsync("window.sameDocument = true");
        var before = (await page.Locator("#budget-burndown .here text").TextContentAsync())!;

        await Count(name, 60, [(Now.AddMinutes(-2), 0, 400)]);

        await Expect(page.Locator("#budget-burndown .here text")).Not.ToHaveTextAsync(before);
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
    }

    [Fact]
    public async Task Who_spent_is_drawn_on_the_line_and_leads_to_the_incident()
    {
        var name = await Fallen("drawn");
        var incident = await Stage.Platform.Door.Incidents.Declare(
            new DeclareIncident(name, Severity.Sev2, "Disk full", Now.AddHours(-31)),
            stop: Stop
        );
        await Stage.Platform.Door.Incidents.Resolve(incident.Id, new ResolveIncident("Freed."), stop: Stop);
        var page = await SignedIn($"/budgets/{name}");

        await Expect(page.Locator("#budget-burndown .cause .label").First).ToHaveTextAsync("Disk full");
        await page.Locator("#budget-spend").GetByRole(AriaRole.Link, new() { Name = "Disk full" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Disk full");
    }

    /// <summary>An objective of its own with a month of counts and a bad hour a day ago.</summary>
    private async Task<string> Fallen(string name)
    {
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.Apply(
            $$"""
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: {{name}}, displayName: Payments of {{name}} succeed }
            spec:
              service: {{name}}
              indicator:
                metadata: { name: {{name}}-requests }
                spec:
                  ratioMetric:
                    good: { metricSource: { type: push, spec: { counter: good } } }
                    total: { metricSource: { type: push, spec: { counter: total } } }
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.999 }]
            """,
            stop: Stop
        );
        var hour = new DateTimeOffset(Now.UtcTicks - Now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var month = Enumerable
            .Range(2, 29 * 24)
            .Select(ago => (hour.AddHours(-ago), 10_000L, ago is 30 or 31 ? 900L : ago % 7))
            .ToList();
        await Count(name, 3600, month);
        await Count(name, 60, [(hour.AddMinutes(-10), 1_000, 120)]);
        return name;
    }

    private async Task Count(
        string name,
        int seconds,
        IReadOnlyList<(DateTimeOffset Start, long Good, long Bad)> counts
    )
    {
        var buckets = counts.Select(one => new CountBucket(
            new DateTimeOffset(
                one.Start.UtcTicks - one.Start.UtcTicks % (seconds * TimeSpan.TicksPerSecond),
                TimeSpan.Zero
            ),
            seconds,
            one.Good,
            one.Bad
        ));
        var source =
            $"browser-{name}-{seconds.ToString(CultureInfo.InvariantCulture)}-{Now.UtcTicks.ToString(CultureInfo.InvariantCulture)}";
        await Stage.Platform.Door.Budgets.Record($"{name}-requests", new RecordCounts(source, 1, [.. buckets]), Stop);
    }
}
