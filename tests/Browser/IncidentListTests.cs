using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What stands beside the list of incidents: what is to be done, how long things took, which alerts came.</summary>
public sealed class IncidentListTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task What_is_to_be_done_is_found_filtered_and_done(ColorScheme colours)
    {
        var (door, owner) = (Stage.Platform.Door, $"doer-{colours}".ToLowerInvariant());
        var incident = await Stage.Declare("Cards wait for ever");
        var name = $"INC-{incident.Number}";
        await door.Postmortems.Start(name, Stop);
        var late = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        await door.Postmortems.Ask(name, new OpenActionItem("Someday", owner, null), stop: Stop);
        await door.Postmortems.Ask(name, new OpenActionItem("Give it a timeout", owner, late), stop: Stop);

        var page = await SignedIn("/incidents", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Follow-ups" }).ClickAsync();
        await Field(page, "Whose").FillAsync(owner);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var list = page.Locator("#all-follow-ups > ul > li");
        await Expect(list).ToHaveCountAsync(2);
        await Expect(list.First).ToContainTextAsync("Overdue");
        await Expect(list.First).ToContainTextAsync("Give it a timeout");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("Ticket of: Give it a timeout").ClickAsync();
        await list.First.GetByLabel("Its ticket").FillAsync("no link");
        await list.First.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(list.First.GetByLabel("Its ticket")).ToHaveValueAsync("no link");
        Assert.Empty(await Stage.Violations(page));
        await list.First.GetByLabel("Its ticket").FillAsync("https://tickets.example/7");
        await list.First.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(list.First.GetByRole(AriaRole.Link, new() { Name = "ticket" }))
            .ToHaveAttributeAsync("href", "https://tickets.example/7");
        await page.GetByLabel("Done: Give it a timeout").ClickAsync();
        await list.First.GetByLabel("What came of it?").FillAsync("It gives up after 2 s.");
        await list.First.GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
        // Who had filtered comes back to the same list.
        await Expect(list).ToHaveCountAsync(1);
        await page.GetByLabel("what is done, too").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(list.Last).ToContainTextAsync("It gives up after 2 s.");
        await list.Last.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cards wait for ever");
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task How_long_things_took_is_told_without_a_mean_and_with_what_is_missing(ColorScheme colours)
    {
        var service = $"measured-{colours}".ToLowerInvariant();
        var door = Stage.Platform.Door.Incidents;
        foreach (var title in (string[])["First", "Second", "Third"])
        {
            var incident = await door.Declare(new DeclareIncident(service, Severity.Sev2, title), stop: Stop);
            if (title != "Third")
                await door.Resolve(incident.Id, new ResolveIncident("Over."), stop: Stop);
        }

        var page = await SignedIn("/incidents", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Measures" }).ClickAsync();
        await page.WaitForURLAsync("**/incidents/measures");
        await page.GetByLabel("Service", new() { Exact = true }).FillAsync(service);
        await Field(page, "Severity").SelectOptionAsync("Sev2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("main .head")).ToContainTextAsync("3 incidents");
        var row = page.Locator("#measures tbody tr").Filter(new() { HasText = "declared to resolved" });
        await Expect(row).ToContainTextAsync("too few to say");
        await Expect(row).ToContainTextAsync("1 lack a moment");
        await Expect(page.Locator("#measured tbody tr")).ToHaveCountAsync(3);
        await Expect(page.GetByLabel("Service", new() { Exact = true })).ToHaveValueAsync(service);
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2020-01-01");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2020-02-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("2020-01-01");
    }

    [Fact]
    public async Task Incidents_of_a_service_are_found_by_their_state_and_what_is_owed_of_them_stands_among_the_postmortems()
    {
        var door = Stage.Platform.Door.Incidents;
        foreach (var title in (string[])["Slips lie about", "Slips are blank"])
            await door.Declare(new DeclareIncident("slips", Severity.Sev1, title), stop: Stop);
        var blank = (await door.List(service: "slips", stop: Stop)).Items[0];
        await door.Mitigate(blank.Id, new MitigateIncident("Another roll."), stop: Stop);
        var page = await SignedIn("/incidents");
        await page.GetByLabel("Service", new() { Exact = true }).FillAsync("slips");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var rows = page.Locator("#incidents tbody tr");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Mitigated" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync("Slips are blank");
        await Expect(page.GetByLabel("Service", new() { Exact = true })).ToHaveValueAsync("slips");
        Assert.Empty(await Stage.Violations(page));

        await door.Resolve(blank.Id, new ResolveIncident("A new roll."), stop: Stop);
        await page.GetByRole(AriaRole.Link, new() { Name = "Postmortems" }).ClickAsync();
        var owed = page.Locator("#postmortems tbody tr").Filter(new() { HasText = "Slips are blank" });
        await Expect(owed).ToContainTextAsync("Not begun");
        await Expect(owed).ToContainTextAsync("due in");
        Assert.Empty(await Stage.Violations(page));
        await owed.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync($"**/INC-{blank.Number}/postmortem");
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Alerts_are_listed_as_they_came(ColorScheme colours)
    {
        var service = $"alerted-{colours}".ToLowerInvariant();
        await Stage.Alert(service);
        var page = await SignedIn("/incidents", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
        await page.WaitForURLAsync("**/alerts");
        await page.GetByLabel("Service", new() { Exact = true }).FillAsync(service);
        await Field(page, "State").SelectOptionAsync("firing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var row = page.Locator("#alerts tbody tr");
        await Expect(row).ToContainTextAsync("QueueFull");
        await Expect(row).ToContainTextAsync("team=tills");
        Assert.Empty(await Stage.Violations(page));
        await row.GetByRole(AriaRole.Link, new() { Name = "QueueFull" }).ClickAsync();
        var said = page.Locator("#annotations");
        await Expect(said.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://runbooks.example/queue");
        // What only looks like an address stays text.
        await Expect(said).ToContainTextAsync("javascript:alert(1)");
        await Expect(said).ToContainTextAsync("tills");
        Assert.Empty(await Stage.Violations(page));
        await Fits(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Silence alerts like it" }).ClickAsync();
        await Expect(page.GetByLabel("Alerts with these labels")).ToHaveValueAsync(new Regex("team=\"tills\""));
        await page.GotoAsync($"/alerts?status=firing&service={service}");
        await Field(page, "State").SelectOptionAsync("resolved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("#alerts")).ToContainTextAsync("None.");
        Assert.Empty(await Stage.Violations(page));
    }
}
