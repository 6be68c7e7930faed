using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page that everybody may read, behind the console's address.</summary>
public sealed class StatusPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Who_has_not_signed_in_sees_what_customers_are_told(ColorScheme colours)
    {
        var (door, name) = (Stage.Platform.Door, $"shop-{colours}".ToLowerInvariant());
        await door.Catalog.Set(
            CatalogKind.Component,
            name,
            new SetCatalogEntry($"Shop {colours}", IsPublic: true),
            Stop
        );
        var incident = await door.Incidents.Declare(
            new DeclareIncident(name, Severity.Sev1, "The internal title"),
            stop: Stop
        );
        await door.Incidents.PostUpdate(
            incident.Id,
            new PostUpdate("We are **looking** at it.", UpdateAudience.Customers),
            Stop
        );
        var page = await Open(colours);
        await page.GotoAsync("/status");
        await Appears(() => page.ReloadAsync(), page.GetByText($"Shop {colours}: Out of order"));
        await Expect(page.Locator("main")).Not.ToContainTextAsync("The internal title");
        await Expect(page.Locator(".note strong").First).ToHaveTextAsync("looking");
        Assert.Empty(await Stage.Violations(page));
    }

    // What is told arrives a moment later, and the page has no script that would fetch it.
    private static async Task Appears(Func<Task> again, ILocator wanted)
    {
        for (var tries = 0; tries < 50 && !await wanted.IsVisibleAsync(); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
            await again();
        }

        Assert.True(await wanted.IsVisibleAsync());
    }
}
