using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Times in which nothing is broken on purpose.</summary>
public sealed class BlackoutTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_blackout_is_declared_refused_where_it_cannot_be_and_lifted(ColorScheme colours)
    {
        var name = $"sale-{colours}".ToLowerInvariant();
        var page = await SignedIn("/gamedays", colours);
        var panel = page.Locator("#blackouts");
        await panel.GetByText("Declare a blackout", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Environment").FillAsync("shopfront");
        await panel.GetByLabel("Name").FillAsync(name);
        await panel.GetByLabel("From").FillAsync("2199-12-24T12:00");
        await panel.GetByLabel("Until").FillAsync("2200-01-02T08:00");
        await panel.GetByLabel("On the clock of").FillAsync("Mars/Olympus");
        await panel.GetByLabel("It comes back every week").CheckAsync();
        await panel.GetByLabel("Why?").Last.FillAsync("Everybody buys <gifts>");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Mars/Olympus");
        await Expect(panel.GetByLabel("From")).ToHaveValueAsync("2199-12-24T12:00");
        await Expect(panel.GetByLabel("It comes back every week")).ToBeCheckedAsync();

        await panel.GetByLabel("On the clock of").FillAsync("Europe/Berlin");
        await panel.GetByLabel("It comes back every week").UncheckAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        var row = panel.Locator("li").Filter(new() { HasText = name });
        await Expect(row).ToContainTextAsync("Tue 24 Dec 2199 12:00");
        await Expect(row).ToContainTextAsync("Everybody buys <gifts>");
        Assert.Empty(await Stage.Violations(page));
        var kept = await Stage.Platform.Door.Experiments.Blackout("shopfront", name, Stop);
        Assert.Equal(
            (new DateTime(2199, 12, 24, 12, 0, 0), "Europe/Berlin", false),
            (kept.Window.From, kept.Window.Zone, kept.Window.EveryWeek)
        );

        await row.GetByText("Lift", new() { Exact = true }).ClickAsync();
        await row.GetByLabel("Why?").FillAsync("There is no sale");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lift it for good" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.True((await Stage.Platform.Door.Experiments.Blackout("shopfront", name, Stop)).Lifted);
    }

    [Fact]
    public async Task Who_may_only_read_sees_blackouts_and_no_form()
    {
        var page = await SignedInAs("cleo", "experiments:read", "/gamedays");
        await Expect(page.Locator("#blackouts")).ToBeVisibleAsync();
        await Expect(page.Locator("#blackouts form")).ToHaveCountAsync(0);
    }
}
