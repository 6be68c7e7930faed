using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The incident page where people work: what is looked at, who does what, what is to be done, what was told.</summary>
public sealed class IncidentWorkTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_drill_is_accepted_worked_on_told_of_ended_and_goes_on(ColorScheme colours)
    {
        var door = Stage.Platform.Door.Incidents;
        var incident = await door.Declare(
            new DeclareIncident("checkout", Severity.Sev2, "Payments are rehearsed", Triage: true, Drill: true),
            stop: Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number.ToString(CultureInfo.InvariantCulture)}", colours);
        await Expect(page.Locator("#head .chip")).ToHaveTextAsync(["Drill", "Triage"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "It is an incident" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Open");
        // Who is paged for it acknowledges at the top as well.
        await page.Locator("#actions").GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.Locator("#people")).ToContainTextAsync("Commander");

        await page.GetByText("Add a task", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What is to be done?").FillAsync("Call the bank");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add task" }).ClickAsync();
        await Expect(page.Locator("#tasks")).ToContainTextAsync("1. Call the bank");
        await page.GetByText("Tell stakeholders", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("How does it stand?").FillAsync("We rehearse <b>only</b>.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell", Exact = true }).ClickAsync();
        await Expect(page.Locator("#told")).ToContainTextAsync("We rehearse <b>only</b>.");
        await Expect(page.Locator("#told")).ToContainTextAsync("Next word");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByLabel("Task 1 is done").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
        await Expect(page.GetByLabel("Task 1 is done")).ToHaveCountAsync(0);

        await door.Resolve(incident.Id, new ResolveIncident("Rehearsed."), stop: Stop);
        await page.GotoAsync(page.Url);
        await Expect(page.Locator("#told")).Not.ToContainTextAsync("Next word");
        await page.GetByText("Reopen", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("What came back?").FillAsync("All of it.");
        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Acknowledged");
        await Expect(page.Locator("#facts")).ToContainTextAsync("Reopened");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_role_is_handed_over_a_task_is_changed_a_moment_is_corrected_and_incidents_become_one()
    {
        var (first, second) = (await Stage.Declare("Cards are refused"), await Stage.Declare("Cards are refused too"));
        var door = Stage.Platform.Door.Incidents;
        var page = await SignedIn($"/incidents/INC-{second.Number}");
        var people = page.Locator("#people");
        await people.GetByText("Give a role", new() { Exact = true }).ClickAsync();
        await people.GetByLabel("Which?").SelectOptionAsync("Scribe");
        await people.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(people).ToContainTextAsync("Scribe admin");
        await people.GetByText("Hand over", new() { Exact = true }).ClickAsync();
        await people.GetByLabel("To whom?").Last.FillAsync("cleo");
        await people.GetByLabel("What do they need to know?").FillAsync("All is in the notes.");
        await people.GetByRole(AriaRole.Button, new() { Name = "Offer" }).ClickAsync();
        await Expect(people.Locator(".offer")).ToContainTextAsync("All is in the notes.");
        Assert.Empty(await Stage.Violations(page));
        await people.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(people.Locator(".offer")).ToHaveCountAsync(0);

        await door.AddTask(second.Id, new AddTask("Call the bank"), Stop);
        await page.GotoAsync(page.Url);
        await page.GetByLabel("Change task 1").ClickAsync();
        await page.Locator("details[open]").GetByLabel("Who does it?").FillAsync("bo");
        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(page.Locator("#tasks")).ToContainTextAsync("Call the bank bo");

        await page.GetByText("Correct a moment", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Which?").Last.SelectOptionAsync("Identified");
        await page.Locator("#moment-at").FillAsync("2020-02-03T04:05:06");
        await page.GetByLabel("How is that known?").FillAsync("From the bank's log.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();
        await Expect(page.Locator("#moments")).ToContainTextAsync("04:05:06 said by admin");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByText("Merge", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("It is part of").FillAsync($"INC-{first.Number}");
        await page.GetByLabel("Why are they one?").FillAsync("One bank.");
        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        await Expect(page.Locator("#head")).ToContainTextAsync($"part of INC-{first.Number}");
    }

    [Fact]
    public async Task What_stakeholders_were_told_reads_as_they_read_it_and_runs_nothing()
    {
        var incident = await Stage.Declare("Refunds fail");
        await Stage.Platform.Door.Incidents.PostUpdate(
            incident.Id,
            new PostUpdate(
                """
                Refunds **fail**:
                - cards
                - vouchers

                <script>document.title = 'taken'</script><img src="x" onerror="document.title = 'taken'">
                [our page](https://status.example.org) [no page](javascript:document.title='taken') ![a picture](https://stranger.example.org/x.png)
                """,
                UpdateAudience.Internal
            ),
            Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number}");
        var told = page.Locator("#told .prose");
        await Expect(told.Locator("strong")).ToHaveTextAsync("fail");
        await Expect(told.Locator("li")).ToHaveTextAsync(["cards", "vouchers"]);
        await Expect(told).ToContainTextAsync("<script>document.title = 'taken'</script>");
        await Expect(told.Locator("script, img, [onerror], [href^='javascript:']")).ToHaveCountAsync(0);
        await Expect(told.Locator("a")).ToHaveTextAsync(["our page", "a picture"]);
        Assert.DoesNotContain("taken", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task Whoever_may_only_read_is_offered_nothing_else()
    {
        var incident = await Stage.Declare("Payments are read");
        var page = await SignedInAs("reader", "incidents:read", $"/incidents/INC-{incident.Number}");
        await Expect(page.Locator("#actions")).ToContainTextAsync("You may read this incident");
        await Expect(page.Locator("main form[method=post]:not(#paged *)")).ToHaveCountAsync(0);
    }
}
