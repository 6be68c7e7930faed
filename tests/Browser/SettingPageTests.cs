using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Documents of the settings are written, refused with what was typed, and set.</summary>
public sealed class SettingPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_policy_is_written_changed_and_not_overwritten(ColorScheme colours)
    {
        var (name, paging) = ($"desk-{colours}".ToLowerInvariant(), Stage.Platform.Door.Paging);
        var contact = new SetContact([new SetChannel("screen", ChannelKind.Console)], "Here.");
        await paging.SetContact(name, contact, stop: Stop);
        var page = await SignedIn("/settings", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "New policy" }).ClickAsync();
        var (text, set) = (page.GetByLabel("Document, YAML or JSON"), Button(page, "Set it"));
        await Expect(text).ToHaveValueAsync(new Regex("schedule: checkout"));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Why is it to be so?").FillAsync("Desks page.");
        await text.FillAsync("services: [\n");
        await Expect(page.Locator("#preview")).ToContainTextAsync("Line");
        await set.ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("Line");
        await text.FillAsync(
            $"services: [{name}]\nrepeat: 0\nsteps:\n  - notify: [{{contact: {name}}}]\n    waitMinutes: 0\n"
        );
        await set.ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("between 1 and 1440");
        await Expect(page.GetByLabel("Why is it to be so?")).ToHaveValueAsync("Desks page.");
        Assert.Empty(await Stage.Violations(page));
        await text.FillAsync(
            (await text.InputValueAsync()).Replace("waitMinutes: 0", "waitMinutes: 7", StringComparison.Ordinal)
        );
        await set.ClickAsync();
        await page.WaitForURLAsync("**/settings");
        var policies = page.Locator("#set-policies");
        await Expect(policies).ToContainTextAsync("then waits 7 min");

        await policies.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(text).ToHaveValueAsync(new Regex("waitMinutes: 7"));
        await Expect(page.GetByText("Desks page.")).ToBeVisibleAsync();
        var step = new EscalationStep([new EscalationTarget(Contact: name)], 11);
        await paging.SetPolicy(name, new SetEscalationPolicy([name], [step], 0, null, "Meanwhile."), stop: Stop);
        await text.FillAsync(
            (await text.InputValueAsync()).Replace("waitMinutes: 7", "waitMinutes: 9", StringComparison.Ordinal)
        );
        await page.GetByLabel("Why is it to be so?").FillAsync("Later.");
        await set.ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("Somebody else has set this");
        await Expect(page.Locator(".stands")).ToContainTextAsync("waitMinutes: 11");
        await Expect(text).ToHaveValueAsync(new Regex("waitMinutes: 9"));
        Assert.Empty(await Stage.Violations(page));
        await set.ClickAsync();
        await page.WaitForURLAsync("**/settings");
        var now = await paging.Policy(name, Stop);
        Assert.Equal((9, "Later."), (now.Steps[0].WaitMinutes, now.Reason));

        await page.GotoAsync("/settings/escalation-policies/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Why is it to be so?").FillAsync("Again.");
        await text.FillAsync(
            $"services: [{name}]\nrepeat: 0\nsteps: [{{notify: [{{contact: {name}}}], waitMinutes: 5}}]\n"
        );
        await set.ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync($"called {name} already");
    }

    [Fact]
    public async Task Grouping_is_tried_while_it_is_written_and_every_document_reads_as_it_was_set()
    {
        var incidents = Stage.Platform.Door.Incidents;
        var page = await SignedIn("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the grouping" }).ClickAsync();
        await page.GetByLabel("Document, YAML or JSON").FillAsync("rules:\n  - by: [region]\n    windowMinutes: 60\n");
        await Expect(page.Locator("#preview"))
            .ToContainTextAsync(new Regex("of the last day would have been|No alert came in the last day"));
        await page.GetByLabel("Tried on the alerts of how many hours?").FillAsync("48");
        await Expect(page.Locator("#preview")).ToContainTextAsync("the last 48 hours");
        await page.GetByLabel("Why is it to be so?").FillAsync("By region.");
        await Button(page, "Set it").ClickAsync();
        await page.WaitForURLAsync("**/settings");
        await Expect(page.Locator("#set-grouping")).ToContainTextAsync("region");
        var set = await incidents.AlertGrouping(Stop);
        Assert.Equal(("By region.", 60), (set.Reason, set.Rules[0].WindowMinutes));

        // Set again as they are read: nothing is lost on the way through the page.
        foreach (var kind in new[] { "severities", "alert-routes", "alert-grouping" })
        {
            var before = await Standing();
            await page.GotoAsync($"/settings/{kind}");
            await page.GetByLabel("Why is it to be so?").FillAsync("As it was.");
            await Button(page, "Set it").ClickAsync();
            await page.WaitForURLAsync("**/settings");
            Assert.Equal(before, await Standing());
        }

        await incidents.SetAlertGrouping(new SetAlertGrouping([], "As before."), stop: Stop);
        await page.GotoAsync("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "What was set before" }).ClickAsync();
        await Expect(page.Locator("main > section").First).ToContainTextAsync("As before.");
        await Expect(page.Locator($"#v-{set.Version}")).ToContainTextAsync("By region.");
        Assert.Empty(await Stage.Violations(page));

        async Task<string> Standing() =>
            JsonSerializer.Serialize(
                new
                {
                    (await incidents.Severities(stop: Stop)).Severities,
                    (await incidents.AlertRoutes(Stop)).Routes,
                    (await incidents.AlertGrouping(Stop)).Rules,
                }
            );
    }

    [Fact]
    public async Task A_contact_and_a_schedule_are_written_and_tried_out()
    {
        var page = await SignedIn("/settings/contacts/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("night-desk");
        await page.GetByLabel("Why is it to be so?").FillAsync("Nights.");
        await Button(page, "Set it").ClickAsync();
        await page.WaitForURLAsync("**/settings");
        await page.Locator("#set-contacts").GetByRole(AriaRole.Link, new() { Name = "night-desk" }).ClickAsync();
        await Button(page, "Send a test page over screen").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "A test page over screen" }))
            .ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync("/settings/schedules/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("night-desk");
        await page.GetByLabel("Why is it to be so?").FillAsync("Nights.");
        await Button(page, "Set it").ClickAsync();
        await page.WaitForURLAsync("**/oncall");
        await page.Locator("#oncall-now").GetByRole(AriaRole.Link, new() { Name = "night-desk" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("night-desk");
        await Expect(page.GetByText("Nights.")).ToBeVisibleAsync();

        var reader = await SignedInAs("reader@local", "incidents:read", "/settings/contacts/night-desk");
        await Expect(Button(reader, "Set it")).ToHaveCountAsync(0);
        await Expect(Button(reader, "Send a test page over screen")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_person_is_forgotten_by_an_administrator_who_writes_the_name_twice()
    {
        var page = await SignedIn("/settings");
        var panel = page.Locator("#set-forget");
        await panel.GetByText("Destroy a person's words", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Whose words?").FillAsync("nobody@example.org");
        await panel.GetByLabel("The same name again").FillAsync("nobody@example.com");
        await panel.GetByLabel("Why?").FillAsync("Asked for by letter.");
        await Button(page, "Destroy them").ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("nothing was destroyed");
        await Expect(panel.GetByLabel("Whose words?")).ToHaveValueAsync("nobody@example.org");
        await panel.GetByLabel("The same name again").FillAsync("nobody@example.org");
        await Button(page, "Destroy them").ClickAsync();
        await page.WaitForURLAsync("**/settings#set-forget");
        await page.GotoAsync("/timeline?q=kind:person-redacted");
        await Expect(page.Locator("#main"))
            .ToContainTextAsync("redacted all that a person wrote: Asked for by letter.");

        var reader = await SignedInAs("writer@local", "incidents:read incidents:write", "/settings");
        await Expect(reader.Locator("#set-silences")).ToBeVisibleAsync();
        await Expect(reader.Locator("#set-forget")).ToHaveCountAsync(0);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });
}
