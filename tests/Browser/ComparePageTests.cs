using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What an incident is like, how it differs from another one, and who knew what of it when.</summary>
public sealed class ComparePageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Incidents_that_are_alike_are_found_and_laid_beside_each_other(ColorScheme colours)
    {
        var door = Stage.Platform.Door.Incidents;
        var first = await Ended($"The till printer jams, {colours}", "The printer was cleaned.");
        var second = await Ended($"The till printer jams again, {colours}", "The printer was replaced.");
        await door.RecordEntry(
            new RecordEntry("deploy", "Printer driver 9 went out.", Incident: $"{second.Id}", Source: "ci"),
            stop: Stop
        );
        await Eventually.Holds(
            async () => (await door.Similar($"{second.Id}", stop: Stop)).Items.Any(one => one.Id == first.Id),
            "They are alike"
        );
        var page = await SignedIn($"/incidents/INC-{second.Number}/review", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "incidents like it" }).ClickAsync();
        var alike = page.Locator(".told li").Filter(new() { HasText = $"INC-{first.Number} " });
        await Expect(alike).ToContainTextAsync("What ended it: The printer was cleaned.");
        await Expect(alike).ToContainTextAsync("Words: ");
        Assert.Empty(await Stage.Violations(page));

        await alike.GetByRole(AriaRole.Link, new() { Name = $"Compare with INC-{first.Number}" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"INC-{second.Number} beside INC-{first.Number}");
        await Expect(page.Locator(".beside")).ToContainTextAsync(["Printer driver 9 went out."]);
        Assert.Empty(await Stage.Violations(page));
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        await page.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("Resolved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lay" }).ClickAsync();
        await Expect(page.Locator(".head")).ToContainTextAsync("resolved");
    }

    [Fact]
    public async Task Who_knew_what_when_is_told_fact_by_fact()
    {
        var incident = await Stage.Declare("The till is slow");
        await Stage.Platform.Door.Incidents.RecordEntry(
            new RecordEntry(
                "symptom",
                "The till waits for the bank.",
                incident.DeclaredAt.AddMinutes(-20),
                Incident: $"{incident.Id}",
                Source: "notes"
            ),
            stop: Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number}/knowledge");
        var fact = page.Locator(".knowledge tr").Filter(new() { HasText = "The till waits for the bank." });
        await Expect(fact).ToContainTextAsync("20 min");
        await Expect(fact).ToContainTextAsync("not told");
        await Expect(page.Locator("#main")).ToContainTextAsync("Customers have not been told.");
        Assert.Empty(await Stage.Violations(page));
    }

    private async Task<IncidentView> Ended(string title, string how)
    {
        var incident = await Stage.Declare(title);
        await Stage.Platform.Door.Incidents.Resolve(incident.Id, new ResolveIncident(how), stop: Stop);
        return incident;
    }
}
