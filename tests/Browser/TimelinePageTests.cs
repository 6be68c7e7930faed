using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The timeline as people use it: asked, filtered, zoomed, taken back to a moment, corrected.</summary>
public sealed class TimelinePageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ILocator Rows(IPage page) => page.Locator(".tl-list li");

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task It_is_accessible_now_and_in_the_past(ColorScheme colours)
    {
        var incident = await Told("Payments time out");
        var page = await SignedIn(Path(incident), colours);
        await Expect(Rows(page).Filter(new() { HasText = "The queue is full." })).ToHaveCountAsync(1);
        Assert.Empty(await Stage.Violations(page));

        await Rows(page).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Locator("#entry")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync($"{Path(incident)}?at={Iso(incident.DeclaredAt.AddSeconds(1))}");
        await Expect(page.Locator(".pastbar")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_query_finds_counts_and_says_where_it_is_wrong()
    {
        var incident = await Told("Payments are asked about");
        var page = await SignedIn(Path(incident));

        await Ask(page, "kind:note");
        await Expect(Rows(page)).ToHaveCountAsync(2);
        Assert.Contains("q=kind", page.Url, StringComparison.Ordinal);

        await Ask(page, "kind:note | count by kind");
        await Expect(page.Locator(".counts")).ToContainTextAsync("note-added");

        await Ask(page, "kind:note servce:pay");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no field 'servce'");
        await Expect(page.GetByLabel("Query", new() { Exact = true })).ToHaveValueAsync("kind:note servce:pay");
    }

    [Fact]
    public async Task The_box_offers_what_could_stand_there()
    {
        var page = await SignedIn("/timeline");
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Query" });

        await box.PressSequentiallyAsync("kin");
        await Expect(page.Locator("#offers").GetByRole(AriaRole.Option)).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#offers").GetByRole(AriaRole.Option).First).ToContainTextAsync("kind");
        await box.PressAsync("ArrowDown");
        await box.PressAsync("Enter");

        await Expect(box).ToHaveValueAsync("kind:");
    }

    [Fact]
    public async Task The_moment_the_filter_and_the_entry_are_part_of_the_address()
    {
        var incident = await Told("Payments are looked back at");
        var page = await SignedIn(Path(incident));
        await Expect(Rows(page).Filter(new() { HasText = "The queue is full." })).ToHaveCountAsync(1);

        await page.Locator("#find").FillAsync("queue");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Rows(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#entry")).ToContainTextAsync("The queue is full.");
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("entry=.*find=queue"));
        await page.GotoAsync(page.Url);
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(page.Locator("#entry")).ToContainTextAsync("The queue is full.");
    }

    [Fact]
    public async Task Back_then_what_came_later_is_drawn_faintly_and_nothing_can_be_changed()
    {
        var incident = await Told("Payments were different");
        var page = await SignedIn(Path(incident));
        await Expect(Rows(page).Filter(new() { HasText = "The queue is full." })).ToHaveCountAsync(1);

        await page.Locator(".tl-canvas").PressAsync("Home");

        await Expect(page.Locator(".pastbar")).ToBeVisibleAsync();
        await Expect(page.Locator(".tl-list li.ahead")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#state")).ToContainTextAsync("not yet declared");
        await Expect(page.GetByText("Add evidence")).ToHaveCountAsync(0);

        await page.Locator(".pastbar").GetByText("Back to live").ClickAsync();
        await Expect(page.Locator(".pastbar")).ToHaveCountAsync(0);
        await Expect(page.Locator(".tl-list li.ahead")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Add evidence")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_cause_is_stated_and_taken_back()
    {
        var incident = await Told("Payments have a cause");
        var page = await SignedIn(Path(incident));
        await Rows(page).Filter(new() { HasText = "It is empty again." }).GetByRole(AriaRole.Button).ClickAsync();
        var entry = page.Locator("#entry");
        await entry.GetByText("What caused it?", new() { Exact = true }).ClickAsync();
        var cause = entry.Locator("#ca-cause option").Filter(new() { HasText = "The queue is full." });
        await page.GetByLabel("This led to it").SelectOptionAsync((await cause.GetAttributeAsync("value"))!);
        await page.GetByLabel("How is that known?").FillAsync("Seen on the graph.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();

        var stated = entry.Locator(".causes li").Filter(new() { HasText = "says so: Seen on the graph." });
        await Expect(stated).ToHaveCountAsync(1);
        await stated.GetByText("It did not", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("Why did it not lead to it?").FillAsync("It was full before.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take that back" }).ClickAsync();

        await Expect(entry.GetByText("says so: Seen on the graph.")).ToHaveCountAsync(0);
        await Expect(entry.GetByText("It did not", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_cause_that_somebody_else_has_taken_back_is_refused_in_words()
    {
        var incident = await Told("Payments have no cause");
        var door = Stage.Platform.Door.Incidents;
        var found = await Eventually.Answers(
            () => door.Ask("kind:note", incident: $"{incident.Id}", stop: Stop),
            answer => answer.Items.Count == 2
        );
        var told = found.Items;
        await door.StateCause(told[1].Id, new StateCause(told[0].Id, "It was full."), Stop);
        var page = await SignedIn($"{Path(incident)}?entry={told[1].Id}");
        await page.Locator("#entry").GetByText("It did not", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Why did it not lead to it?").FillAsync("It was full before.");

        await door.WithdrawCause(told[1].Id, new WithdrawCause(told[0].Id, "Not so."), Stop);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take that back" }).ClickAsync();

        await Expect(page.Locator(".refusal")).ToContainTextAsync("Nobody says that this led to the entry");
    }

    [Fact]
    public async Task A_contradiction_is_seen_and_ruled_on()
    {
        var incident = await Stage.Declare("Payments are told twice");
        await Say(incident, "notes", -20, "first errors in the payment queue");
        await Say(incident, "report", -9, "failures of the payment queue begin");
        var page = await SignedIn(Path(incident));

        await page.Locator("#conflicts").GetByText("Rule", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("How do you know?").FillAsync("The log says so.");
        await page.Locator("#conflicts").GetByRole(AriaRole.Button, new() { Name = "Rule", Exact = true }).ClickAsync();

        await Expect(page.Locator("#conflicts .ruled")).ToContainTextAsync("The log says so.");
    }

    [Fact]
    public async Task What_others_write_arrives_without_a_reload()
    {
        var incident = await Stage.Declare("Payments are written about");
        var page = await SignedIn(Path(incident));
        await Expect(Rows(page)).Not.ToHaveCountAsync(0);
        await page.EvaluateAsync("window.sameDocument = true");

        await Stage.Platform.Door.Incidents.AddNote(incident.Id, new AddNote("Seen by somebody else."), stop: Stop);

        await Expect(Rows(page).Filter(new() { HasText = "Seen by somebody else." })).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
    }

    [Fact]
    public async Task An_update_is_read_without_its_marks()
    {
        var incident = await Stage.Declare("Payments are told of with marks");
        await Stage.Platform.Door.Incidents.PostUpdate(
            incident.Id,
            new PostUpdate(
                "Payments are **slow**; see [the page](https://status.example/1).",
                UpdateAudience.Customers
            ),
            Stop
        );
        var page = await SignedIn(Path(incident));
        const string Read = "Payments are slow; see the page (https://status.example/1).";
        await Expect(Rows(page).Filter(new() { HasText = Read })).ToHaveCountAsync(1);
        await Rows(page).Filter(new() { HasText = Read }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#entry .entry-text")).ToContainTextAsync(Read);
    }

    [Fact]
    public async Task What_is_of_another_year_says_so()
    {
        var incident = await Stage.Declare("Payments have a past");
        await Say(incident, "archive", -500 * 24 * 60, "It happened before.");
        var page = await SignedIn(Path(incident));
        var then = incident.DeclaredAt.AddDays(-500).ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        await Expect(Rows(page).Filter(new() { HasText = "It happened before." })).ToContainTextAsync(then);
    }

    [Fact]
    public async Task An_entry_of_the_address_is_found_though_the_first_question_had_no_answer()
    {
        var incident = await Told("Payments are asked for twice");
        var door = Stage.Platform.Door.Incidents;
        var told = await Eventually.Answers(
            () => door.Ask("text:queue", incident: $"{incident.Id}", stop: Stop),
            answer => answer.Items.Count == 1
        );
        var page = await SignedIn("/");
        var asked = 0;
        await page.RouteAsync(
            "**/timeline/entries?*",
            route => asked++ == 0 ? route.AbortAsync() : route.ContinueAsync()
        );
        await page.GotoAsync($"{Path(incident)}?entry={told.Items[0].Id}");
        await Expect(page.Locator(".tl-list [aria-current]")).ToContainTextAsync("The queue is full.");
        Assert.True(asked > 1);
    }

    [Fact]
    public async Task The_picture_of_a_past_moment_is_asked_for_again_when_nobody_answered()
    {
        var incident = await Told("Payments have a past that comes late");
        var page = await SignedIn("/");
        var asked = 0;
        await page.RouteAsync(
            "**/timeline/columns?*",
            route => asked++ == 0 ? route.AbortAsync() : route.ContinueAsync()
        );
        var then = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await page.GotoAsync(
            $"{Path(incident)}?at={Uri.EscapeDataString(then.ToString("O", CultureInfo.InvariantCulture))}"
        );
        await Expect(Rows(page)).Not.ToHaveCountAsync(0);
        Assert.True(asked > 1);
    }

    [Fact]
    public async Task Without_script_it_is_a_list()
    {
        var incident = await Told("Payments are read plainly");
        var page = await SignedIn("/");
        await page.RouteAsync("**/*.js", route => route.AbortAsync());

        await page.GotoAsync(Path(incident));

        await Expect(page.Locator("#story-list")).ToContainTextAsync("The queue is full.");
    }

    private async Task<IncidentView> Told(string title)
    {
        var incident = await Stage.Declare(title);
        foreach (var text in (string[])["The queue is full.", "It is empty again."])
            await Stage.Platform.Door.Incidents.AddNote(incident.Id, new AddNote(text), stop: Stop);
        return incident;
    }

    private async Task Say(IncidentView incident, string source, int minutes, string text) =>
        await Stage.Platform.Door.Incidents.RecordEntry(
            new RecordEntry(
                "symptom",
                text,
                incident.DeclaredAt.AddMinutes(minutes),
                Incident: incident.Id.ToString(),
                Source: source
            ),
            stop: Stop
        );

    private static async Task Ask(IPage page, string query)
    {
        await page.GetByLabel("Query", new() { Exact = true }).FillAsync(query);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    private static string Path(IncidentView incident) =>
        string.Create(CultureInfo.InvariantCulture, $"/incidents/INC-{incident.Number}/timeline");

    private static string Iso(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
