using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Somebody is woken and opens an incident on the page.</summary>
public sealed class DeclareTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_incident_is_declared_from_the_first_page_and_one_lands_on_its_page(ColorScheme colours)
    {
        var (service, title) = ($"declared-{colours}".ToLowerInvariant(), $"The tills are <b>dark</b> ({colours})");
        var page = await SignedIn("/", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).ClickAsync();
        await page.WaitForURLAsync("**/incidents/new");
        Assert.Empty(await Stage.Violations(page));
        await Form(page).GetByLabel("Service").FillAsync(service);
        await Form(page).GetByLabel("What do people see?").FillAsync(title);
        // What the severities mean stands beside them, as it was set.
        var severities = await Stage.Platform.Door.Incidents.Severities(stop: Stop);
        foreach (var one in severities.Severities)
            await Expect(Form(page)).ToContainTextAsync(one.Meaning);
        await Form(page).GetByRole(AriaRole.Radio, new() { Name = "SEV-2" }).CheckAsync();

        // It cannot have begun tomorrow; what was typed is still there.
        var began = Form(page).GetByLabel("It began");
        await began.FillAsync("2199-01-01T00:00:07");
        await Form(page).GetByLabel("An exercise").CheckAsync();
        await Send(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("startedAt");
        await Expect(Form(page).GetByLabel("Service")).ToHaveValueAsync(service);
        await Expect(Form(page).GetByLabel("What do people see?")).ToHaveValueAsync(title);
        await Expect(Form(page).GetByRole(AriaRole.Radio, new() { Name = "SEV-2" })).ToBeCheckedAsync();
        await Expect(Form(page).GetByLabel("An exercise")).ToBeCheckedAsync();
        Assert.Empty(await Stage.Violations(page));
        Assert.Empty((await Stage.Platform.Door.Incidents.List(service: service, stop: Stop)).Items);

        await began.FillAsync("");
        await Send(page);
        await Expect(page.Locator("#head h1")).ToContainTextAsync(title);
        await Expect(page.Locator("#head")).ToContainTextAsync("Drill");
        Assert.Matches("/incidents/INC-[0-9]+$", page.Url);
        var incident = Assert.Single((await Stage.Platform.Door.Incidents.List(service: service, stop: Stop)).Items);
        Assert.Equal((Severity.Sev2, title, true), (incident.Severity, incident.Title, incident.Drill));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_declares_once_and_says_so_when_something_else_was_written()
    {
        var page = await SignedIn("/incidents");
        await page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).ClickAsync();
        await page.GotoAsync("/incidents/new?service=ovens&title=Cold&severity=sev3");
        await Expect(Form(page).GetByRole(AriaRole.Radio, new() { Name = "SEV-3" })).ToBeCheckedAsync();
        var key = await page.Locator("input[name=key]").GetAttributeAsync("value");
        await Send(page);
        await Expect(page.Locator("#head h1")).ToContainTextAsync("Cold");
        var first = page.Url;

        // The same form again, as after a press of the back button.
        await page.GotoAsync("/incidents/new?service=ovens&title=Cold&severity=sev3");
        await SetKey(page, key!);
        await Send(page);
        await page.WaitForURLAsync(first);

        await page.GotoAsync("/incidents/new?service=ovens&title=Hot&severity=sev3");
        await SetKey(page, key!);
        await Send(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("declared an incident already");
        await Expect(Form(page).GetByLabel("What do people see?")).ToHaveValueAsync("Hot");
        await Send(page);
        await Expect(page.Locator("#head h1")).ToContainTextAsync("Hot");
        Assert.Equal(2, (await Stage.Platform.Door.Incidents.List(service: "ovens", stop: Stop)).Items.Count);
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_no_form()
    {
        var page = await SignedInAs("cleo", "incidents:read", "/incidents");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" })).ToHaveCountAsync(0);
        await page.GotoAsync("/incidents/new");
        await Expect(page.Locator("main")).ToContainTextAsync("needs the scope incidents:write");
        await Expect(Form(page)).ToHaveCountAsync(0);
    }

    private static ILocator Form(IPage page) => page.Locator("main form.panel");

    private static Task Send(IPage page) =>
        Form(page).GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();

    private static Task SetKey(IPage page, string key) =>
        page.Locator("input[name=key]").EvaluateAsync("(field, key) => { field.value = key; }", key);
}
