using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What people add to a timeline, what they take along from it, and whether it is what was stored.</summary>
public sealed class EvidencePageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evidence_is_added_amended_and_shows_its_versions()
    {
        var incident = await Stage.Declare("Payments need evidence");
        var page = await SignedIn($"/incidents/INC-{incident.Number}/timeline");
        await page.GetByText("Add evidence").ClickAsync();
        await page.GetByLabel("What sort of thing is it?").FillAsync("deploy");
        await page.GetByLabel("What happened?").FillAsync("Version 7 went out.");
        var form = page.Locator("#evidence");
        await form.GetByText("More about it", new() { Exact = true }).ClickAsync();
        await form.GetByLabel("Who said or did it?").FillAsync("bo");
        await form.GetByLabel("Labels").FillAsync("version=7\nregion=north");
        await form.GetByLabel("What does the source call it?").FillAsync("release-7");
        await form.GetByLabel("What does it share with others?").FillAsync("rollout-7");
        await form.GetByLabel("When was it written down there?").FillAsync("2026-11-24T14:05:07");
        await form.GetByLabel("Where is more about it?").FillAsync("ci.example/7 The build");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(form.GetByLabel("Labels")).ToHaveValueAsync("version=7\nregion=north");
        Assert.Empty(await Stage.Violations(page));
        await form.GetByLabel("Where is more about it?").FillAsync("https://ci.example/7 The build");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();

        await page.Locator(".tl-list li")
            .Filter(new() { HasText = "Version 7 went out." })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await Expect(page.Locator("#entry .kv")).ToContainTextAsync("north");
        await Expect(page.Locator("#entry").GetByRole(AriaRole.Link, new() { Name = "The build" })).ToBeVisibleAsync();
        await page.Locator("#entry").GetByText("Amend", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What happened", new() { Exact = true }).FillAsync("Version 8 went out.");
        await page.Locator("#entry").GetByLabel("Which services").FillAsync("payments, evidence-ledger");
        await page.GetByLabel("Why is it changed?").FillAsync("Read the wrong line.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Amend it" }).ClickAsync();

        await Expect(page.Locator("#entry .versions li")).ToHaveCountAsync(2);
        await Expect(page.Locator("#entry .versions")).ToContainTextAsync("Read the wrong line.");
        await Expect(page.Locator("#entry del").Filter(new() { HasText = "Version 7 went out." })).ToHaveCountAsync(1);
        await Expect(page.Locator("#entry .kv")).ToContainTextAsync("payments, evidence-ledger");
        await Expect(page.Locator(".tl-list li").Filter(new() { HasText = "Version 8 went out." })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task It_is_handed_on_as_files()
    {
        var incident = await Stage.Declare("Payments are handed on");
        await Stage.Platform.Door.Incidents.AddNote(incident.Id, new AddNote("The queue is full."), stop: Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}/timeline");
        foreach (
            var (link, file) in (IEnumerable<(string, string)>)
                [
                    ("HTML", ".html"),
                    ("PDF", ".pdf"),
                    ("Markdown", ".md"),
                    ("CSV", ".csv"),
                    ("lines of JSON", ".ndjson"),
                    ("a page that plays it", "-replay.html"),
                ]
        )
        {
            var download = await page.RunAndWaitForDownloadAsync(() =>
                page.Locator("#files").GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync()
            );
            Assert.Equal($"INC-{incident.Number}{file}", download.SuggestedFilename);
            Assert.InRange(new FileInfo(await download.PathAsync()).Length, 200, 5_000_000);
            if (file is ".md" or ".csv" or ".ndjson")
                Assert.Contains("The queue is full.", await File.ReadAllTextAsync(await download.PathAsync(), Stop));
        }

        var wrong = await page.GotoAsync("/timeline/file?format=csv&q=servce:pay");
        Assert.Equal(400, wrong!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync("servce");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Is it what was stored?" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("It holds");
        Assert.Empty(await Stage.Violations(page));
    }
}
