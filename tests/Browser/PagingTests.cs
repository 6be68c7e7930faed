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
            stop: Stop
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
            stop: Stop
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

        await page.Locator("#actions").GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Somebody has it");
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Whoever_is_paged_is_told_on_whatever_page_they_are(ColorScheme colours)
    {
        var (paging, service) = (Stage.Platform.Door.Paging, $"bank-{colours}".ToLowerInvariant());
        var page = await SignedIn("/budgets", colours);
        await page.EvaluateAsync(
            "() => { window.shown = []; window.Notification = class { static permission = 'granted'; constructor(title) { window.shown.push(title); } }; }"
        );
        await paging.SetContact(
            "admin@local",
            new SetContact([new SetChannel("screen", ChannelKind.Console)], "Here."),
            stop: Stop
        );
        await paging.SetPolicy(
            service,
            new SetEscalationPolicy(
                [service],
                [new EscalationStep([new EscalationTarget(Contact: "admin@local")], 30)],
                0,
                null,
                "Banks page."
            ),
            stop: Stop
        );
        var incident = await Stage.Platform.Door.Incidents.Declare(
            new DeclareIncident(service, Severity.Sev1, "The bank is <b>gone</b>"),
            stop: Stop
        );
        var call = page.Locator(".call").Filter(new() { HasText = $"INC-{incident.Number}" });
        await Expect(call).ToContainTextAsync("The bank is <b>gone</b>");
        var shown = await page.EvaluateAsync<string[]>("window.shown");
        Assert.Contains($"SEV-1 INC-{incident.Number} {service}: The bank is <b>gone</b>", shown);
        Assert.Empty(await Stage.Violations(page));
        await page.ReloadAsync();
        await Expect(call).ToBeVisibleAsync();

        await call.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(call).ToHaveCountAsync(0);
        Assert.EndsWith("/budgets", page.Url, StringComparison.Ordinal);
        Assert.Equal("admin@local", (await Stage.Platform.Door.Incidents.Get($"{incident.Id}", Stop)).Lead);

        await paging.Send(incident.Id, new PageSomebody("Look again", Contact: "admin@local"), stop: Stop);
        await Expect(call).ToContainTextAsync("Look again");
        await call.GetByRole(AriaRole.Button, new() { Name = "I have read it" }).ClickAsync();
        await Expect(call).ToHaveCountAsync(0);
        await Stage.Platform.Door.Incidents.Resolve(incident.Id, new ResolveIncident("It is back."), stop: Stop);
    }
}
