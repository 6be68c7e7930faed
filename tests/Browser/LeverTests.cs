using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What stops everything in an environment, and is released by a person.</summary>
public sealed class LeverTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_lever_is_pulled_with_a_reason_and_released_with_one(ColorScheme colours)
    {
        var (environment, experiments) = ($"shop-{colours}".ToLowerInvariant(), Stage.Platform.Door.Experiments);
        var page = await SignedIn("/gamedays", colours);
        var panel = page.Locator("#levers");
        await panel.GetByText("Pull a lever", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Environment").FillAsync(environment);
        await panel.GetByLabel("Why?").FillAsync("Customers <complain>");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Halt everything there" }).ClickAsync();
        var row = panel.Locator("li").Filter(new() { HasText = environment });
        await Expect(row).ToContainTextAsync("Customers <complain>");
        Assert.Empty(await Stage.Violations(page));
        Assert.True((await experiments.Lever(environment, Stop)).Engaged);

        await row.GetByText("Release", new() { Exact = true }).ClickAsync();
        await row.GetByLabel("Why is it safe again?").FillAsync("Nobody complains");
        await row.GetByRole(AriaRole.Button, new() { Name = "Runs may start again" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        var released = await experiments.Lever(environment, Stop);
        Assert.Equal((false, "Nobody complains"), (released.Engaged, released.Reason));
    }

    [Fact]
    public async Task Who_may_only_read_sees_levers_and_no_form()
    {
        await Stage.Platform.Door.Experiments.Engage("shop-seen", new("Looked at"), Stop);
        var page = await SignedInAs("cleo", "experiments:read", "/gamedays");
        await Expect(page.Locator("#levers")).ToContainTextAsync("Looked at");
        await Expect(page.Locator("#levers form")).ToHaveCountAsync(0);
    }
}
