using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Who an incident wakes, where people look for it.</summary>
public sealed class PagingTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_incident_says_whom_it_paged_and_pages_more_on_demand(ColorScheme colours)
    {
        var (paging, service) = (Stage.Platform.Door.Paging, $"till-{colours}".ToLowerInvariant());
        await paging.SetContact(
            "mira",
            new SetContact([new SetChannel("screen", ChannelKind.Console)], "Joined."),
            Stop
        );
        await paging.SetPolicy(
            service,
            new SetEscalationPolicy(
                [service],
                [new EscalationStep([new EscalationTarget(Contact: "mira")], 30)],
                1,
                null,
                "Tills page."
            ),
            Stop
        );
        var incident = await Stage.Platform.Door.Incidents.Declare(
            new DeclareIncident(service, Severity.Sev2, "Tills are shut"),
            stop: Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number}", colours);
        var panel = page.Locator("#paging");
        await Expect(panel).ToContainTextAsync($"step 1 of {service}");
        await Expect(panel).ToContainTextAsync("screen shown");
        await Expect(panel).ToContainTextAsync("The next step comes in");
        Assert.Empty(await Stage.Violations(page));

        await panel.GetByText("Page somebody", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Its name").FillAsync("nobody-here");
        await panel.GetByLabel("Why?").FillAsync("She knows the tills.");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Page now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nobody-here");
        await Expect(panel.GetByLabel("Why?")).ToHaveValueAsync("She knows the tills.");
        await panel.GetByLabel("Its name").FillAsync("mira");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Page now" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("asks for you: She knows the tills.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Somebody has it");
    }
}
