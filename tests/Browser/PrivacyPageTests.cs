using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Hiding an incident, and letting people see it, from its page.</summary>
public sealed class PrivacyPageTests(Stage stage) : PageTests(stage)
{
    [Fact]
    public async Task It_is_hidden_somebody_is_invited_and_removed_and_it_is_made_public()
    {
        var incident = await Stage.Declare("A laptop is stolen");
        var page = await SignedIn($"/incidents/INC-{incident.Number}");
        var panel = page.Locator("#privacy");
        await Expect(panel).ToContainTextAsync("Everybody who may read incidents.");
        await panel.GetByText("Make it private", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Why?").FillAsync("Whose it is stays among us.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Hide it" }).ClickAsync();
        await Expect(page.Locator("#head")).ToContainTextAsync("Private");
        await Expect(panel).ToContainTextAsync("Only these, and administrators.");
        Assert.Empty(await Stage.Violations(page));

        var cleo = await SignedInAs("cleo", "incidents:read", "/");
        await cleo.GotoAsync($"/incidents/INC-{incident.Number}");
        await Expect(cleo.Locator("main")).Not.ToContainTextAsync("A laptop is stolen");
        await panel.GetByText("Invite", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Whom?").FillAsync("cleo");
        await panel.Locator("#invite-text").FillAsync("She knows laptops.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Let them see it" }).ClickAsync();
        await Expect(panel.Locator(".jobs")).ToContainTextAsync("cleo");
        await cleo.GotoAsync($"/incidents/INC-{incident.Number}");
        await Expect(cleo.Locator("#head")).ToContainTextAsync("A laptop is stolen");
        // Who may only read sees who sees it, and is offered nothing.
        await Expect(cleo.Locator("#privacy")).ToContainTextAsync("Only these");
        await Expect(cleo.Locator("#privacy form")).ToHaveCountAsync(0);

        await panel.GetByRole(AriaRole.Link, new() { Name = "written down" }).ClickAsync();
        await Expect(page.Locator("main tbody tr").Filter(new() { HasText = "cleo" }).First).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
        await page.GotoAsync($"/incidents/INC-{incident.Number}");

        await panel.GetByLabel("Remove cleo").ClickAsync();
        await panel.Locator("details[open]").GetByLabel("Why?").FillAsync("She is on holiday.");
        await panel.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(panel.Locator(".jobs")).Not.ToContainTextAsync("cleo");
        await cleo.GotoAsync($"/incidents/INC-{incident.Number}");
        await Expect(cleo.Locator("main")).Not.ToContainTextAsync("A laptop is stolen");

        await panel.GetByText("Make it public", new() { Exact = true }).ClickAsync();
        await panel.Locator("details[open]").GetByLabel("Why?").FillAsync("It was found.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Everybody may see it" }).ClickAsync();
        await Expect(page.Locator("#head")).Not.ToContainTextAsync("Private");
        Assert.Empty(await Stage.Violations(page));
    }
}
