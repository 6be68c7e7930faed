using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The incident page where people work: what is looked at, who does what, what is to be done, what was told.</summary>
public sealed class IncidentWorkTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_drill_is_accepted_worked_on_told_of_ended_and_goes_on(ColorScheme colours)
    {
        var door = Stage.Platform.Door.Incidents;
        var incident = await door.Declare(
            new DeclareIncident("checkout", Severity.Sev2, "Payments are rehearsed", Triage: true, Drill: true),
            stop: Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number.ToString(CultureInfo.InvariantCulture)}", colours);
        await Expect(page.Locator("#head .chip")).ToHaveTextAsync(["Drill", "Triage"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "It is an incident" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.Locator("#facts")).ToContainTextAsync("Commander");

        await page.GetByText("Add a task", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What is to be done?").FillAsync("Call the bank");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add task" }).ClickAsync();
        await Expect(page.Locator("#facts")).ToContainTextAsync("1. Call the bank");
        await page.GetByText("Tell stakeholders", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("How does it stand?").FillAsync("We rehearse <b>only</b>.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell", Exact = true }).ClickAsync();
        await Expect(page.Locator("#facts")).ToContainTextAsync("We rehearse <b>only</b>.");
        await Expect(page.Locator("#facts")).ToContainTextAsync("Next word");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Task 1 is done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Task 1 is done" })).ToHaveCountAsync(0);

        await door.Resolve(incident.Id, new ResolveIncident("Rehearsed."), stop: Stop);
        await page.GotoAsync(page.Url);
        await Expect(page.Locator("#facts")).Not.ToContainTextAsync("Next word");
        await page.GetByText("Reopen", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("What came back?").FillAsync("All of it.");
        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Acknowledged");
        await Expect(page.Locator("#facts")).ToContainTextAsync("Reopened");
        Assert.Empty(await Stage.Violations(page));
    }
}
