using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page of a game day: who says go, what runs, and the button that ends it.</summary>
public sealed class GameDayPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_game_day_is_voted_on_started_watched_and_stopped_with_one_press(ColorScheme colours)
    {
        var name = $"day-{colours}".ToLowerInvariant();
        await Plan(name);
        var page = await SignedIn($"/gamedays/{name}", colours);
        await Expect(page.Locator("#day-run")).ToContainTextAsync("Still to vote");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "I know" }).ClickAsync();
        await Expect(page.Locator("#day-told")).ToContainTextAsync("Known");
        await page.GetByRole(AriaRole.Button, new() { Name = "No-go" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a reason");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).ClickAsync();
        await Expect(page.Locator("#day-head")).ToContainTextAsync("Open, go");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator("#day-run .abort-line text").First).ToContainTextAsync("abort above 80 % for 5 s");
        await Expect(page.Locator("#day-room")).ToContainTextAsync("left");
        await Expect(page.Locator("#day-run .ladder .live")).ToHaveCountAsync(1);
        // The picture moves by itself, and the button meanwhile stays the very same element.
        await page.EvaluateAsync("window.button = document.querySelector('button.stop')");
        var clock = page.Locator("#day-run .steady svg").Last.Locator("text").Last;
        var before = await clock.TextContentAsync();
        await Expect(clock).Not.ToHaveTextAsync(before!);
        Assert.True(await page.EvaluateAsync<bool>("window.button === document.querySelector('button.stop')"));
        Assert.Empty(await Stage.Violations(page));

        await page.Locator("button.stop").ClickAsync();
        var run = (await Stage.Platform.Door.GameDays.Get(name, Stop)).Runs.Single();
        var ended = await Eventually.Answers(
            () => Stage.Platform.Door.Experiments.Run(run.RunId, Stop),
            seen => seen.EndedAt is not null
        );
        Assert.Equal((RunState.Halted, 0), (ended.State, ended.FaultsLive));
        await page.GotoAsync($"/gamedays/{name}");
        await Expect(page.Locator("#day-stop")).ToContainTextAsync("Nothing runs");
        Assert.Empty(await Stage.Violations(page));

        await LookBack(page, name, ended);
    }

    // The same pages as they were while the fault was in, and before anybody had voted.
    private static async Task LookBack(IPage page, string name, RunView ended)
    {
        // In the middle: what began is recorded a moment after it did.
        var middle = (ended.EndedAt!.Value - ended.Rungs[0].StartedAt) / 2;
        var holding = (ended.Rungs[0].StartedAt + middle).ToString("O", CultureInfo.InvariantCulture);
        await page.GotoAsync($"/gamedays/{ended.Id}?at={Uri.EscapeDataString(holding)}");
        await Expect(page.Locator("#past")).ToContainTextAsync("You are looking at");
        await Expect(page.Locator("#run-side h2")).ToHaveTextAsync("Went on");
        await Expect(page.Locator("#run-ladder tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("button.stop")).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));
        await page.Keyboard.PressAsync("l");
        await Expect(page.Locator("#past")).ToHaveCountAsync(0);
        await Expect(page.Locator("#run-head .chip")).ToHaveTextAsync("Halted");

        await page.GotoAsync($"/gamedays/{name}?at=2026-01-01T00:00:00Z");
        await Expect(page.Locator("#day-run")).ToContainTextAsync("Still to vote");
        await Expect(page.Locator("#day-agenda .later")).ToContainTextAsync("later");
        await Expect(page.Locator("main form[method=post][action^='/gamedays']")).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task The_next_experiment_is_drawn_by_lot_and_the_page_says_which()
    {
        await Plan("lots");
        await Stage.Platform.Door.GameDays.Acknowledge("lots", 1, Stop);
        var page = await SignedIn("/gamedays/lots");
        var acts = page.Locator("#day-acts");
        await Expect(acts).ToContainTextAsync("Give a role");
        await Expect(acts.GetByText("Draw by lot", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).ClickAsync();
        await acts.GetByText("Draw by lot", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await acts.GetByLabel("Seed").FillAsync("7");
        await acts.GetByRole(AriaRole.Button, new() { Name = "Draw and start it" }).ClickAsync();
        await Expect(page.Locator("#day-run h2")).ToContainTextAsync("lots-slow");
        var run = Assert.Single((await Stage.Platform.Door.GameDays.Get("lots", Stop)).Runs);
        await Stage.Platform.Door.Experiments.Halt(run.RunId, new HaltRun("Seen."), Stop);
    }

    [Fact]
    public async Task A_game_day_is_planned_asked_for_approved_announced_and_concluded_by_forms()
    {
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        await Stage.Platform.Door.Experiments.Apply(
            sample.Replace("name: slow-ledger", "name: forms-slow", StringComparison.Ordinal),
            stop: Stop
        );
        var planner = await SignedInAs(
            "pia",
            "experiments:read experiments:design experiments:operate",
            "/gamedays/new"
        );
        Assert.Empty(await Stage.Violations(planner));
        await planner.GetByLabel("Title").FillAsync("Forms <first>");
        await planner.GetByLabel("Name", new() { Exact = false }).FillAsync("by-forms");
        await planner.GetByLabel("Environment").FillAsync("staging");
        await planner.GetByLabel("Scribes: write down").FillAsync("pia");
        await planner.GetByLabel("On the clock of").FillAsync("Mars/Olympus");
        await planner.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("forms-slow") }).CheckAsync();
        await planner.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(planner.GetByRole(AriaRole.Alert)).ToContainTextAsync("Mars/Olympus");
        await Expect(planner.GetByLabel("Title")).ToHaveValueAsync("Forms <first>");
        await planner.GetByLabel("On the clock of").FillAsync("Europe/Berlin");
        await planner.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(planner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Forms <first>");
        Assert.Empty(await Stage.Violations(planner));

        var acts = planner.Locator("#day-acts");
        await acts.GetByText("Ask for approval", new() { Exact = true }).ClickAsync();
        await acts.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        var other = await SignedInAs("olaf", "experiments:read experiments:operate", "/gamedays/by-forms");
        await other.Locator("#day-acts").GetByText("Approve", new() { Exact = true }).ClickAsync();
        await other.Locator("#day-acts").GetByRole(AriaRole.Button, new() { Name = "Approve it" }).ClickAsync();
        await Expect(other.Locator("#day-votes")).ToContainTextAsync("olaf");
        await acts.GetByText("Announce", new() { Exact = true }).ClickAsync();
        await acts.GetByLabel("Where, or to whom?").FillAsync("ops");
        await acts.GetByLabel("What?", new() { Exact = true }).FillAsync("Checkout may be slow.");
        await acts.GetByLabel("Who has to say that they know?").FillAsync("ana, bo");
        await acts.GetByRole(AriaRole.Button, new() { Name = "Tell them" }).ClickAsync();
        await Expect(planner.Locator("#day-told")).ToContainTextAsync("○ bo");
        await acts.GetByText("Give a role", new() { Exact = true }).ClickAsync();
        await acts.GetByLabel("To whom?", new() { Exact = true }).FillAsync("cleo");
        await acts.GetByLabel("Which?").SelectOptionAsync("Scribe");
        await acts.GetByRole(AriaRole.Button, new() { Name = "Give it" }).ClickAsync();
        await Expect(planner.Locator("#day-votes")).ToContainTextAsync("cleo");
        await acts.GetByText("Write down", new() { Exact = true }).ClickAsync();
        await acts.GetByLabel("What was seen or said?").FillAsync("Everyone is in the call.");
        await acts.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(planner.Locator("#day-notes")).ToContainTextAsync("Everyone is in the call.");
        await acts.GetByText("Conclude", new() { Exact = true }).ClickAsync();
        await acts.GetByLabel("What has it shown?").FillAsync("That forms do.");
        await acts.GetByRole(AriaRole.Button, new() { Name = "Conclude it" }).ClickAsync();
        await Expect(planner.Locator("main")).ToContainTextAsync("That forms do.");
        await planner.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync();
        await Expect(planner.Locator(".finding")).ToContainTextAsync("That forms do.");
        await Expect(planner.Locator(".report-log")).ToContainTextAsync("Everyone is in the call.");
        await Expect(planner.Locator("main")).ToContainTextAsync("Nothing was run.");
        Assert.Empty(await Stage.Violations(planner));
        var file = await planner.RunAndWaitForDownloadAsync(() =>
            planner.GetByRole(AriaRole.Link, new() { Name = "Markdown" }).ClickAsync()
        );
        Assert.Equal("by-forms.md", file.SuggestedFilename);
        await planner.GotoAsync("/gamedays/by-forms");
        await Expect(acts).ToHaveCountAsync(0);
    }

    /// <summary>A game day in the sandbox, all day long, for whoever holds the administrator's token.</summary>
    private async Task Plan(string name)
    {
        var door = Stage.Platform.Door;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var design = sample
            .Replace("name: slow-ledger", $"name: {name}-slow", StringComparison.Ordinal)
            .Replace("environment: staging", "environment: sandbox", StringComparison.Ordinal)
            .Replace("holdSeconds: 4", "holdSeconds: 60", StringComparison.Ordinal)
            // The page is looked at, not the shop: a browser that takes both cores must not make it break.
            .Replace("withinMs: 300", "withinMs: 1900", StringComparison.Ordinal)
            .Replace("    - checkout\n    - ledger\n", $"    - {name}\n", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090/", Stage.Platform.Address("checkout").ToString(), StringComparison.Ordinal);
        var experiment = await door.Experiments.Apply(design, stop: Stop);
        await door.Experiments.Freeze($"{experiment.Id}", Stop);
        var me = experiment.By;
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await door.GameDays.Plan(
            $$"""
            name: {{name}}
            title: How slow may the ledger become?
            environment: sandbox
            window: { day: {{today}}, from: "00:00", until: "00:00", zone: UTC }
            agenda:
              - { title: Briefing, minutes: 10 }
              - { title: A slow ledger, experiment: {{name}}-slow, minutes: 20 }
            roles:
              - { person: {{me}}, role: commander }
              - { person: {{me}}, role: operator }
              - { person: {{me}}, role: scribe }
            """,
            stop: Stop
        );
        await door.GameDays.Announce(name, new SendAnnouncement("ops", "Checkout may be slow.", [me]), Stop);
        await door.GameDays.Note(name, new TakeNote("Everyone is in the call."), Stop);
    }
}
