using Microsoft.Playwright;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page on which people write down what they learnt.</summary>
public sealed class PostmortemPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_postmortem_is_begun_written_looked_at_reviewed_by_another_and_published(ColorScheme colours)
    {
        var incident = await Stage.Declare("Payments fail twice", Severity.Sev1);
        var door = Stage.Platform.Door;
        await door.Incidents.Resolve(incident.Id, new ResolveIncident("The queue was emptied."), stop: Stop);
        var name = $"INC-{incident.Number}";
        var page = await SignedIn($"/incidents/{name}/postmortem", colours);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the postmortem" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Draft");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Write: Summary" }).ClickAsync();
        await page.Locator("#text").FillAsync("The **queue** was full.\n\n<script>alert(1)</script>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".preview strong")).ToHaveTextAsync("queue");
        await Expect(page.Locator("#text")).ToHaveValueAsync("The **queue** was full.\n\n<script>alert(1)</script>");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#s-Summary .prose")).ToContainTextAsync("<script>alert(1)</script>");

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a review" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Write first: Impact");
        await door.Postmortems.Write(name, "impact", new WriteSection("Nobody could pay."), Stop);
        await door.Postmortems.Write(name, "contributing-factors", new WriteSection("- One queue\n- No alert"), Stop);
        await page.GotoAsync($"/incidents/{name}/postmortem");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a review" }).ClickAsync();
        await Expect(page.Locator("#steps")).ToContainTextAsync("somebody else reviews it");

        var cleo = await door.Tokens.Create(new CreateToken("cleo", ["incidents:read", "incidents:write"]), Stop);
        using var others = new FrontDoor(Stage.Platform.Address("web"), cleo.Token);
        await others.Postmortems.Review(name, new ReviewPostmortem("Clear."), stop: Stop);
        await page.GotoAsync($"/incidents/{name}/postmortem");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.Locator("#head .chip").Last).ToHaveTextAsync("Published");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Write: Summary" })).ToHaveCountAsync(0);
        await Expect(page.Locator("#timeline")).ToContainTextAsync("The queue was emptied.");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_text_that_somebody_was_faster_than_is_not_lost()
    {
        var incident = await Stage.Declare("Payments wait");
        var name = $"INC-{incident.Number}";
        var all = Stage.Platform.Door.Postmortems;
        await all.Start(name, Stop);
        var page = await SignedIn($"/incidents/{name}/postmortem?write=Lessons");
        await all.Write(name, "lessons", new WriteSection("Theirs."), Stop);
        await page.Locator("#text").FillAsync("Mine.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("meanwhile");
        await Expect(page.Locator(".preview")).ToContainTextAsync("Theirs.");
        await Expect(page.Locator("#text")).ToHaveValueAsync("Mine.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#s-Lessons .prose")).ToHaveTextAsync("Mine.");

        // Both are still there.
        await page.GetByRole(AriaRole.Link, new() { Name = "version 2" }).ClickAsync();
        await Expect(page.Locator("#v-2 .prose")).ToHaveTextAsync("Mine.");
        await Expect(page.Locator("#v-1 .prose")).ToHaveTextAsync("Theirs.");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_postmortem_is_handed_on_as_a_file()
    {
        var incident = await Stage.Declare("Payments stop");
        await Stage.Platform.Door.Postmortems.Start($"INC-{incident.Number}", Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}/postmortem");
        foreach (var (link, ending) in ((string, string)[])[("Markdown", "md"), ("HTML", "html"), ("PDF", "pdf")])
        {
            var file = await page.RunAndWaitForDownloadAsync(() =>
                page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync()
            );
            Assert.Equal($"INC-{incident.Number}.{ending}", file.SuggestedFilename);
        }
    }
}
