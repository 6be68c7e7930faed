using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

public sealed class ConsoleTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", ColorScheme.Dark)]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/incidents", ColorScheme.Dark)]
    [InlineData("/gamedays", ColorScheme.Light)]
    [InlineData("/budgets/checkout-availability", ColorScheme.Dark)]
    [InlineData("/budgets/checkout-availability", ColorScheme.Light)]
    public async Task A_page_is_accessible(string path, ColorScheme colours)
    {
        await Stage.Declare("Payments time out");
        var page = await SignedIn(path, colours);

        Assert.Empty(await Stage.Violations(page));
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_incident_is_accessible_now_and_in_the_past(ColorScheme colours)
    {
        var incident = await Stage.Declare("Payments time out", Severity.Sev1);
        await Stage.Platform.Door.Incidents.AddNote(incident.Id, new AddNote("The queue is full."), stop: Stop);
        var page = await SignedIn(Path(incident), colours);
        await Expect(page.Locator(".timeline")).ToContainTextAsync("The queue is full.");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByText("Change severity", new() { Exact = true }).First.ClickAsync();
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync($"{Path(incident)}?at={Iso(incident.DeclaredAt)}");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_click_takes_an_incident()
    {
        var incident = await Stage.Declare("Payments are refused");
        var page = await SignedIn(Path(incident));

        await page.Locator("#actions").GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();

        await Expect(page.Locator("#head .chip")).ToHaveTextAsync("Acknowledged");
        await Expect(page.Locator("#head")).ToContainTextAsync("led by admin");
        Assert.Equal("admin@local", (await Stage.Platform.Door.Incidents.Get(incident.Id.ToString(), Stop)).Lead);
    }

    [Fact]
    public async Task What_others_do_arrives_without_a_reload()
    {
        var page = await SignedIn("/");
        await page.EvaluateAsync("window.sameDocument = true");

        // The worst stand first: other tests have left more than the page shows.
        var incident = await Stage.Declare("Payments vanish", Severity.Sev1);
        await Expect(page.Locator("#now-incidents")).ToContainTextAsync("Payments vanish");
        await Stage.Platform.Door.Incidents.Resolve(incident.Id, new ResolveIncident("Found again."), stop: Stop);
        await Expect(page.Locator("#now-incidents")).Not.ToContainTextAsync("Payments vanish");
        await Expect(page.Locator("#now-ended")).ToContainTextAsync("Found again.");

        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
    }

    [Fact]
    public async Task What_a_person_writes_is_not_taken_away_by_news()
    {
        var incident = await Stage.Declare("Payments are slow");
        var page = await SignedIn(Path(incident));
        await page.GetByText("Add a note", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What did you see or do?").FillAsync("Half a sent");

        await Stage.Platform.Door.Incidents.Acknowledge(incident.Id, stop: Stop);
        await Expect(page.Locator("#head .chip")).ToHaveTextAsync("Acknowledged");
        await page.GetByLabel("What did you see or do?").PressSequentiallyAsync("ence.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();

        await Expect(page.Locator(".timeline")).ToContainTextAsync("Half a sentence.");
    }

    [Fact]
    public async Task Who_acts_on_something_old_is_told_politely()
    {
        var incident = await Stage.Declare("Payments are doubled");
        var page = await SignedIn(Path(incident));
        await page.GetByText("Resolve", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("What was wrong, and what ended it?").FillAsync("Nothing.");
        await Stage.Platform.Door.Incidents.ChangeSeverity(
            incident.Id,
            new ChangeSeverity(Severity.Sev1, "Worse."),
            stop: Stop
        );

        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("SEV-1");
        await Expect(page.GetByLabel("What was wrong, and what ended it?")).ToHaveValueAsync("Nothing.");
        await Expect(page.Locator("#head .chip")).ToHaveTextAsync("Open");
        await page.GotoAsync(page.Url);
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_past_shows_what_was_known_and_changes_nothing()
    {
        var incident = await Stage.Declare("Payments fail in Europe");
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        await Stage.Platform.Door.Incidents.ChangeSeverity(
            incident.Id,
            new ChangeSeverity(Severity.Sev1, "All fail."),
            stop: Stop
        );
        var page = await SignedIn(Path(incident));
        // Whom it pages, and what else happens to its service meanwhile, is said in lines of their own.
        var lines = page.Locator(".timeline li")
            .Filter(new() { HasTextRegex = new Regex("declared on|Severity is now") });
        await Expect(lines).ToHaveCountAsync(2);

        await lines.Locator(".when a").First.ClickAsync();

        await Expect(page.Locator(".pastbar")).ToContainTextAsync("You are looking at");
        await Expect(lines).ToHaveCountAsync(1);
        await Expect(page.Locator("#facts")).ToContainTextAsync("SEV-2");
        await Expect(page.Locator("#actions form")).ToHaveCountAsync(0);
        await page.Locator(".pastbar").GetByText("Back to live").ClickAsync();
        await Expect(lines).ToHaveCountAsync(2);
    }

    private static string Path(IncidentView incident) =>
        $"/incidents/INC-{incident.Number.ToString(CultureInfo.InvariantCulture)}";

    private static string Iso(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture));
}
