using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What is looked up about being on call: who was paged, whom a policy would page, what it cost; and what was silenced before.</summary>
public sealed class OnCallReadTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_a_policy_would_page_who_was_paged_and_what_that_cost_is_looked_up()
    {
        const string name = "kiosks";
        var paging = Stage.Platform.Door.Paging;
        var screen = new SetContact([new SetChannel("screen", ChannelKind.Console)], "Here.", "Europe/Berlin");
        await paging.SetContact(name, screen, stop: Stop);
        EscalationStep[] steps =
        [
            new([new EscalationTarget(Contact: name)], 12, new StepCondition([Severity.Sev1])),
            new([new EscalationTarget(Contact: name)], 15),
        ];
        await paging.SetPolicy(name, new SetEscalationPolicy([name], steps, 0, null, "Kiosks page."), stop: Stop);

        var page = await SignedIn($"/settings/escalation-policies/{name}");
        var whom = page.Locator("#whom");
        await whom.GetByLabel("Severity").SelectOptionAsync("Sev1");
        await whom.GetByLabel("Begins at").FillAsync("2026-11-24T12:00");
        await whom.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(whom.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(whom.Locator("tbody tr").Last).ToContainTextAsync("12 min");
        await Expect(whom.GetByLabel("Begins at")).ToHaveValueAsync("2026-11-24T12:00");
        Assert.Empty(await Stage.Violations(page));
        await Fits(page);
        await whom.GetByLabel("Severity").SelectOptionAsync("Sev3");
        await whom.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(whom.Locator("tbody tr")).ToHaveCountAsync(1);

        var incident = await Stage.Platform.Door.Incidents.Declare(
            new DeclareIncident(name, Severity.Sev3, "Kiosks are dark"),
            stop: Stop
        );
        await paging.Send(incident.Id, new PageSomebody("You have the keys", Contact: name), stop: Stop);
        await page.GotoAsync("/oncall");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pages", Exact = true }).ClickAsync();
        await page.GetByLabel("Whom", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var sent = page.Locator("#sent tbody tr").Filter(new() { HasText = "You have the keys" });
        await Expect(sent).ToContainTextAsync("shown");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("Result", new() { Exact = true }).SelectOptionAsync("Failed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("#sent")).ToContainTextAsync("None.");
        await Expect(page.GetByLabel("Whom", new() { Exact = true })).ToHaveValueAsync(name);

        await page.GetByRole(AriaRole.Link, new() { Name = "Load", Exact = true }).ClickAsync();
        var row = page.Locator("#load-people tbody tr").Filter(new() { HasText = name });
        await Expect(row).ToContainTextAsync("Europe/Berlin");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2026-11-20");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-11-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("2026-11-01");
    }

    [Fact]
    public async Task What_was_silenced_before_is_looked_up()
    {
        var incidents = Stage.Platform.Door.Incidents;
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        var silence = await incidents.Silence(new SetSilence(["service=\"kiosks-old\""], until, "Painted"), Stop);
        await incidents.EndSilence(silence.Id, new EndSilence("Dry"), Stop);
        var page = await SignedIn("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Also those that are over" }).ClickAsync();
        var row = page.Locator("#silences tbody tr").Filter(new() { HasText = "kiosks-old" });
        await Expect(row).ToContainTextAsync("Over");
        await Expect(row).ToContainTextAsync("ended by");
        Assert.Empty(await Stage.Violations(page));
    }
}
