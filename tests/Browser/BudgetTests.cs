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

    [Fact]
    public async Task A_period_is_left_out_by_two_and_taken_back()
    {
        var name = await Fallen("left-out");
        var page = await SignedIn($"/budgets/{name}");
        var panel = page.Locator("#budget-adjustments");
        await Expect(panel).ToContainTextAsync("every minute counts");
        await panel.GetByText("Leave a period out").ClickAsync();
        await panel.GetByLabel("From").FillAsync(Field(Now.AddHours(1)));
        await panel.GetByLabel("Until").FillAsync(Field(Now.AddHours(2)));
        await panel.GetByLabel("In a sentence").FillAsync("A load test.");
        await panel.GetByLabel("Why does it not count?").SelectOptionAsync("OutOfScope");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();

        // What has not happened yet cannot be left out; what was typed is still there.
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("In a sentence")).ToHaveValueAsync("A load test.");
        await panel.GetByLabel("From").FillAsync(Field(Now.AddHours(-32)));
        await panel.GetByLabel("Until").FillAsync(Field(Now.AddHours(-30)));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("somebody else has to approve it");
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));

        var cleo = await SignedInAs("cleo", "budgets:write budgets:read", $"/budgets/{name}");
        await cleo.Locator("#budget-adjustments").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(cleo.Locator("#budget-adjustments")).ToContainTextAsync("approved by cleo");
        await Expect(cleo.Locator("#budget-numbers")).ToContainTextAsync("Without adjustments");

        await Expect(panel).ToContainTextAsync("approved by cleo");
        await panel.GetByText("Take back").ClickAsync();
        await panel.Locator("details[open]").GetByLabel("Why?").FillAsync("They were real users.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Let it count again" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Counts again");
    }

    [Fact]
    public async Task A_denied_deploy_is_let_through_by_two()
    {
        var name = await Fallen("denied");
        await Count(name, 60, [(Now.AddMinutes(-2), 0, 9_000)]);
        var ask = new AskGate(GateAction.Deploy, "release-9", "production");
        await Tests.Support.Eventually.Holds(
            async () => !(await Stage.Platform.Door.Budgets.Ask(name, ask, stop: Stop)).Data.Ok,
            "The gate denies"
        );
        var page = await SignedIn($"/budgets/{name}");
        var gate = page.Locator("#budget-gate");
        await gate.GetByText("Let it through").First.ClickAsync();
        await gate.Locator("details[open]").GetByLabel("Why?").FillAsync("It has the fix.");
        await gate.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Expect(gate).ToContainTextAsync("asks to let it through");
        Assert.Empty(await Stage.Violations(page));

        var cleo = await SignedInAs("cleo", "budgets:write budgets:read", $"/budgets/{name}");
        await cleo.GetByRole(AriaRole.Button, new() { Name = "Agree to let release-9 through" }).ClickAsync();
        await Expect(cleo.Locator("#budget-gate")).ToContainTextAsync("Let through until");
        Assert.True((await Stage.Platform.Door.Budgets.Ask(name, ask, stop: Stop)).Data.Ok);

        var reader = await SignedInAs("ed", "budgets:read", $"/budgets/{name}");
        await Expect(reader.Locator("#budget-gate form, #budget-adjustments form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_objective_is_written_with_what_is_wrong_beside_it_and_changed()
    {
        var page = await SignedIn("/budgets");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write an objective" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("It is taken as it is");
        Assert.Empty(await Stage.Violations(page));
        var field = page.GetByLabel("Document, YAML or JSON");
        var text = (await field.InputValueAsync()).Replace("checkout", "written", StringComparison.Ordinal);
        await field.FillAsync(text.Replace("0.999", "1.5", StringComparison.Ordinal));
        await Expect(page.Locator("#preview .error").First).ToContainTextAsync("target");
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("target: 1.5"));
        Assert.Empty(await Stage.Violations(page));

        await field.FillAsync(text);
        await Expect(page.Locator("#preview .error")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change its terms" }).ClickAsync();
        var kept = await field.InputValueAsync();
        Assert.Contains("0.999", kept, StringComparison.Ordinal);
        await field.FillAsync(kept.Replace("0.999", "0.9995", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator("#budget-revisions")).ToContainTextAsync("99.95 %");
    }

    [Fact]
    public async Task Other_terms_are_tried_over_what_was_counted_and_answered_in_words()
    {
        var name = await Fallen("tried");
        var page = await SignedInAs("ed", "budgets:read", $"/budgets/{name}");
        await page.GetByRole(AriaRole.Link, new() { Name = "What if?" }).ClickAsync();
        var target = page.GetByLabel("Target, per cent");
        await Expect(target).ToHaveValueAsync("99.9");
        Assert.Empty(await Stage.Violations(page));
        await target.FillAsync("never");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Target is no number");
        await Expect(target).ToHaveValueAsync("never");
        await target.FillAsync("90");
        await Field(page, "Window").FillAsync("7d");
        await page.GetByLabel("Alert only from so many failures").FillAsync("1000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();

        var answer = page.Locator("#whatif-answer");
        await Expect(answer).ToContainTextAsync("People would have got 0 pages and 0 tickets, instead of");
        await Expect(answer).ToContainTextAsync("of the budget would be left, instead of");
        await Expect(answer.GetByRole(AriaRole.Row, new() { Name = "Window" })).ToContainTextAsync("30d");
        await Expect(page.GetByText("--target 0.9 --window 7d --min-failures 1000000")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task An_objective_shows_what_it_said_before_and_is_ended()
    {
        var name = await Fallen("ended");
        var page = await SignedIn($"/objectives/{name}");
        await Expect(page.Locator("#objective-revisions")).ToContainTextAsync("99.9 % over 30d");
        await Expect(page.Locator("#objective-revisions")).ToContainTextAsync("left");
        var depends = page.Locator("#objective-depends");
        await depends.GetByText("Say what it stands on").ClickAsync();
        await depends.GetByLabel("Objectives").FillAsync("nothing-there");
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no objective nothing-there");
        await Expect(depends.GetByLabel("Objectives")).ToHaveValueAsync("nothing-there");
        await depends.GetByLabel("Objectives").FillAsync("checkout-availability");
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.Locator("#objective-depends .need")).ToHaveTextAsync("checkout-availability");
        await page.GetByText("Name its team").ClickAsync();
        await page.GetByLabel("Team", new() { Exact = true }).FillAsync("enders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Name it" }).ClickAsync();
        await Expect(page.Locator("#objective-service")).ToContainTextAsync("Team: enders");
        await page.GetByText("Who spent what").ClickAsync();
        await page.GetByLabel("Always failing").FillAsync("0.02");
        await page.GetByLabel("Minutes that a deployment covers").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tune it" }).ClickAsync();
        await Expect(page.Locator("#objective-service")).ToContainTextAsync("0.02 % of all events always fail");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByText("Retire it").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire this objective" }).ClickAsync();
        await Expect(page.Locator("#budget-head")).ToContainTextAsync("Retired");
        await page.GetByRole(AriaRole.Link, new() { Name = "Its document" }).ClickAsync();
        await Expect(page.GetByLabel("Document, YAML or JSON")).ToBeDisabledAsync();
        await Expect(page.GetByText("it alerts no more")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
    }

    private static string Field(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An objective of its own with a month of counts and a bad hour a day ago.</summary>
    private async Task<string> Fallen(string name)
    {
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.Apply(Stage.Objective(name), stop: Stop);
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
