using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page on which an experiment is designed: what is typed, what it looks like, and what is said of it.</summary>
public sealed class DesignPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_experiment_is_designed_looked_at_as_one_types_kept_changed_frozen_and_begun_again(
        ColorScheme colours
    )
    {
        var name = $"typed-{colours}".ToLowerInvariant();
        var page = await SignedIn("/gamedays", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Design an experiment" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("Say what you believe");
        await Expect(page.Locator("#preview .findings li")).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));

        await Field(page, "Hypothesis").FillAsync("Checkout stays well while the ledger is slow.");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        // What is missing is told once for each place.
        await Expect(page.Locator("#preview .findings .error"))
            .ToContainTextAsync(["url", "edge", "services", "owners"]);
        await page.GetByLabel("Who answers for it").FillAsync("team-shop");
        await page.GetByLabel("Address that is asked").FillAsync("http://127.0.0.1:8090/checkout");
        await page.GetByLabel("On this edge or target").FillAsync($"{name}-edge");
        await page.GetByLabel("May be hurt").FillAsync(name);
        // The plan follows by itself.
        await Expect(page.Locator("#preview .findings .error")).ToHaveCountAsync(0);
        await Expect(page.Locator("#preview .ladder")).ToContainTextAsync("400 ms");
        await Expect(page.Locator("#preview .abort-line text")).ToHaveTextAsync("abort above 50 % for 5 s");
        await Expect(page.Locator("#preview .findings")).ToContainTextAsync("no must-not-touch");
        await page.GetByLabel("Abort above").FillAsync("");
        await Expect(page.Locator("#preview .findings")).ToContainTextAsync("No abort line");
        await page.GetByLabel("Abort above").FillAsync("60");
        await page.GetByLabel("Ladder, rising").FillAsync("50, 40");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("40 does not rise");
        await Expect(page.Locator("#w-rungs")).ToContainTextAsync("Give more than 50");
        await Expect(Field(page, "Hypothesis")).ToHaveValueAsync("Checkout stays well while the ledger is slow.");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByLabel("Ladder, rising").FillAsync("50, 80");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Draft");
        await page.GetByLabel("Each held").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
        await Expect(page.GetByLabel("Each held")).ToHaveValueAsync("12");
        var kept = (await Stage.Platform.Door.Experiments.Get(name, Stop)).Design;
        Assert.Equal(
            (12, 0.6m, 80),
            (kept.Ladder.HoldSeconds, kept.Abort[0].FailingAbove, kept.Ladder.Rungs[1].Magnitude)
        );

        await page.GetByRole(AriaRole.Button, new() { Name = "Freeze it" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Frozen");
        await Fits(page);
        await Expect(Field(page, "Hypothesis")).ToBeDisabledAsync();
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Again, changed" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync($"{name}-2");
        await Expect(page.GetByLabel("Ladder, rising")).ToHaveValueAsync("50, 80");
    }

    [Fact]
    public async Task A_draft_that_somebody_changed_meanwhile_is_not_overwritten_and_what_was_typed_stays()
    {
        var door = Stage.Platform.Door.Experiments;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var mine = sample.Replace("name: slow-ledger", "name: typed-twice", StringComparison.Ordinal);
        await door.Apply(mine, stop: Stop);
        var page = await SignedIn("/experiments/typed-twice");
        await page.GetByLabel("Each held").FillAsync("9");
        await door.Apply(mine.Replace("holdSeconds: 4", "holdSeconds: 6", StringComparison.Ordinal), stop: Stop);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.GetByLabel("Each held")).ToHaveValueAsync("9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Draft");
        Assert.Equal(9, (await door.Get("typed-twice", Stop)).Design.Ladder.HoldSeconds);
    }

    [Fact]
    public async Task A_frozen_design_is_not_promoted_without_evidence_and_its_page_says_what_is_missing()
    {
        var door = Stage.Platform.Door.Experiments;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        await door.Apply(
            sample.Replace("name: slow-ledger", "name: unproven", StringComparison.Ordinal)
                + "\npromotion: { environment: production, held: 2, withinDays: 14 }\n",
            stop: Stop
        );
        var page = await SignedIn("/experiments/unproven");
        await Expect(page.Locator("#promotion")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Freeze it" }).ClickAsync();
        await Expect(page.Locator("#promotion")).ToContainTextAsync("held 2 times within 14 days");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("held");
        Assert.Empty(await Stage.Violations(page));

        var reader = await SignedInAs("cleo", "experiments:read", "/experiments/unproven");
        await Expect(reader.Locator("#promotion")).ToBeVisibleAsync();
        await Expect(reader.Locator("#promotion form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_script_a_button_checks_and_a_telephone_shows_all_of_it()
    {
        var page = await SignedIn("/experiments/new");
        await page.SetViewportSizeAsync(390, 800);
        await page.RouteAsync("**/js/*.js", route => route.AbortAsync());
        await page.ReloadAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"),
            "Nothing stands out at the side."
        );
        await Field(page, "Hypothesis").FillAsync("It holds.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Expect(Field(page, "Hypothesis")).ToHaveValueAsync("It holds.");
        await Expect(page.Locator("#preview .findings")).Not.ToContainTextAsync("hypothesis");
    }
}
