using Microsoft.Playwright;
using Steady.Client;
using Steady.Contracts.Budgets;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Toil as people use it: who is over the line, what took the time, and where a ticket goes.</summary>
public sealed class ToilPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Where no week has begun in the last hours, so that work of just now is this week's.</summary>
    private static string Zone =>
        TimeProvider.System.GetUtcNow() is { DayOfWeek: DayOfWeek.Monday, Hour: < 6 } ? "Pacific/Honolulu" : "UTC";

    private BudgetsClient Budgets => Stage.Platform.Door.Budgets;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Every_team_has_a_bar_with_its_line(ColorScheme colours)
    {
        var (calm, busy) = ($"calm-{colours}".ToLowerInvariant(), $"busy-{colours}".ToLowerInvariant());
        await Staff(calm, ["payments", "ledger"]);
        await Staff(busy, ["cart"]);
        await Log(calm, 45, ToilKind.Page);
        await Log(busy, 121, ToilKind.Ticket);
        var page = await SignedIn("/budgets", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Toil" }).ClickAsync();

        var over = page.Locator("#toil-teams li", new() { HasText = busy });
        await Expect(over).ToContainTextAsync("Over the line");
        await Expect(over).ToContainTextAsync($"new tickets go to {busy}-dev");
        await Expect(over.GetByRole(AriaRole.Img))
            .ToHaveAttributeAsync("aria-label", "Operations took 2 h 1 min of 4 h; the line is at 2 h");
        var within = page.Locator("#toil-teams li", new() { HasText = calm });
        await Expect(within).ToContainTextAsync("45 min of 4 h, the line is at 2 h");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Link, new() { Name = busy }).ClickAsync();
        await Expect(page.Locator("#toil-numbers")).ToContainTextAsync("1 min over the line");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_team_is_staffed_writes_work_down_takes_it_back_and_asks_where_a_ticket_goes()
    {
        var page = await SignedIn("/toil");
        var main = page.Locator("main");
        await main.GetByText("Staff a team").ClickAsync();
        await main.GetByLabel("Team", new() { Exact = true }).FillAsync("web-sre");
        await main.GetByLabel("Engineers").FillAsync("1");
        await main.GetByLabel("Hours a week of one of them").FillAsync("4");
        await main.GetByLabel("Who gets tickets beyond the line?").FillAsync("web-dev");
        await main.GetByLabel("Services it operates").FillAsync("web, search");
        await main.GetByLabel("Time zone of its weeks").FillAsync("Atlantis");
        await main.GetByRole(AriaRole.Button, new() { Name = "Staff it" }).ClickAsync();

        // What was typed is still there, and the sentence says what would be taken.
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'Atlantis' is no time zone");
        await Expect(main.GetByLabel("Services it operates")).ToHaveValueAsync("web, search");
        await main.GetByLabel("Time zone of its weeks").FillAsync(Zone);
        await main.GetByRole(AriaRole.Button, new() { Name = "Staff it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("web-sre");

        await Ask(page, "OPS-1");
        await Expect(page.Locator("#toil-routed")).ToContainTextAsync("OPS-1 goes to web-sre.");
        await WriteDown(page, "121", "OPS-204");
        await Expect(page.Locator("#toil-numbers")).ToContainTextAsync("1 min over the line");
        await Expect(page.Locator("#toil-entries li").First).ToContainTextAsync("2 h 1 min a ticket · OPS-204");
        await Ask(page, "OPS-2");
        await Expect(page.Locator("#toil-routed"))
            .ToContainTextAsync("OPS-2 goes to web-dev. Operations took 2 h 1 min");
        await Ask(page, "OPS-1");
        await Expect(page.Locator("#toil-routed")).ToContainTextAsync("OPS-1 goes to web-sre.");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw 2 h 1 min of OPS-204" }).ClickAsync();
        await Expect(page.Locator("#toil-entries")).ToContainTextAsync("Nothing was written down");
        await Expect(page.Locator("#toil-head")).ToContainTextAsync("Within the line");
    }

    [Fact]
    public async Task Refused_work_stays_in_the_form_and_staffing_changes_from_what_it_is()
    {
        await Staff("kept-sre", ["kept"]);
        var page = await SignedIn("/toil/teams/kept-sre");
        var entries = page.Locator("#toil-entries");
        await entries.GetByText("Write work down").ClickAsync();
        await entries.GetByLabel("Minutes").FillAsync("30");
        await entries.GetByLabel("What was it?").SelectOptionAsync("Other");
        await entries.GetByLabel("Began").FillAsync("2026-01-05T09:00");
        await entries.GetByLabel("About").FillAsync("moved a disk");
        await entries.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("older than eight weeks");
        await Expect(entries.GetByLabel("About")).ToHaveValueAsync("moved a disk");
        await Expect(entries.GetByLabel("What was it?")).ToHaveValueAsync("Other");
        await entries.GetByLabel("Began").FillAsync("");
        await entries.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(entries.Locator("li")).ToContainTextAsync("something else · moved a disk");

        var staffing = page.Locator("#toil-staffing");
        await staffing.GetByText("Change its staffing").ClickAsync();
        await Expect(staffing.GetByLabel("Services it operates")).ToHaveValueAsync("kept");
        await Expect(staffing.GetByLabel("Time zone")).ToHaveValueAsync(Zone);
        await staffing.GetByLabel("Engineers").FillAsync("3");
        await staffing.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator("#toil-numbers")).ToContainTextAsync("6 h");

        await page.GetByRole(AriaRole.Link, new() { Name = "Previous week" }).ClickAsync();
        await Expect(page.Locator("#toil-numbers")).ToContainTextAsync("0 min");
        await Expect(page.Locator("#toil-tickets form")).ToHaveCountAsync(0);

        var reader = await SignedInAs("ed", "budgets:read", "/toil/teams/kept-sre");
        await Expect(reader.Locator("#toil-entries li")).ToContainTextAsync("moved a disk");
        await Expect(reader.Locator("#toil-entries form, #toil-tickets form, #toil-staffing form")).ToHaveCountAsync(0);
    }

    private static async Task Ask(IPage page, string ticket)
    {
        var tickets = page.Locator("#toil-tickets");
        await tickets.GetByText("Where does this ticket go?").ClickAsync();
        await tickets.GetByLabel("Ticket").FillAsync(ticket);
        await tickets.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
    }

    private static async Task WriteDown(IPage page, string minutes, string about)
    {
        var entries = page.Locator("#toil-entries");
        await entries.GetByText("Write work down").ClickAsync();
        await entries.GetByLabel("Minutes").FillAsync(minutes);
        await entries.GetByLabel("About").FillAsync(about);
        await entries.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
    }

    private Task Staff(string team, IReadOnlyList<string> services) =>
        Budgets.Staff(team, new StaffTeam(1, 4, $"{team}-dev", services, Zone), Stop);

    private Task Log(string team, int minutes, ToilKind kind) =>
        Budgets.LogToil(
            new RecordToil(team, TimeProvider.System.GetUtcNow().AddMinutes(-minutes), minutes, kind, null, "OPS-7"),
            stop: Stop
        );
}
