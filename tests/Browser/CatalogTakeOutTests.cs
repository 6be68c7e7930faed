using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What is taken out: an entry of the catalog, an address that gets mails.</summary>
public sealed class CatalogTakeOutTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_entry_is_taken_out_of_the_catalog(ColorScheme colours)
    {
        var name = $"closing-{colours}".ToLowerInvariant();
        var entry = new SetCatalogEntry(Title: "Closing soon");
        await Stage.Platform.Door.Catalog.Set(CatalogKind.Component, name, entry, Stop);
        var page = await SignedIn("/catalog", colours);
        var row = page.Locator($"#service-{name}");
        await Expect(row).ToBeVisibleAsync();
        await page.GetByText("Take an entry out", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Which?").SelectOptionAsync($"{name}, component");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it out of the catalog" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);

        await Stage.Platform.Door.Catalog.Set(CatalogKind.Component, name, entry, Stop);
        var reader = await SignedInAs("cleo", "incidents:read", "/catalog");
        await Expect(reader.Locator($"#service-{name}")).ToBeVisibleAsync();
        await Expect(reader.GetByText("Take an entry out", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_gets_mails_is_counted_and_an_administrator_forgets_an_address()
    {
        var page = await SignedIn("/settings");
        var panel = page.Locator("#set-subscribers");
        await Expect(panel).ToContainTextAsync("Get them");
        await panel.GetByText("Forget an address", new() { Exact = true }).ClickAsync();
        // What a browser lets through.
        await panel.GetByLabel("Address").FillAsync("a@b");
        await panel.GetByLabel("Address").EvaluateAsync("field => { field.type = 'text'; field.value = 'a'; }");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Forget it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("Address")).ToHaveValueAsync("a");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Address").FillAsync("ana@example.org");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Forget it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        var reader = await SignedInAs("cleo", "incidents:read", "/settings");
        await Expect(reader.Locator("#set-subscribers")).ToContainTextAsync("Get them");
        await Expect(reader.Locator("#set-subscribers form")).ToHaveCountAsync(0);
    }
}
