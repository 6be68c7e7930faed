using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Queries that are kept for everybody, and where what they find is posted.</summary>
public sealed class QueriesPageTests(Stage stage) : PageTests(stage)
{
    private const string At = "/timeline/queries";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_is_kept_changed_asked_and_dropped()
    {
        const string Name = "deploys-of-kiosks";
        var page = await SignedIn(At);
        await page.GetByText("Keep a query", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Under which name?").FillAsync(Name);
        await page.Locator("#new-query").FillAsync("kind:deploy servce:kiosk");
        await Button(page, "Keep it for everybody").ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("There is no field 'servce'");
        await Expect(page.Locator("#new-query")).ToHaveValueAsync("kind:deploy servce:kiosk");
        await page.Locator("#new-query").FillAsync("kind:deploy service:kiosk");
        await Button(page, "Keep it for everybody").ClickAsync();

        var row = Row(page, Name);
        await row.GetByText("Change", new() { Exact = true }).ClickAsync();
        await row.GetByLabel("What is it for?").FillAsync("What went out to kiosks");
        await Button(page, "Change it for everybody").ClickAsync();
        await Expect(row).ToContainTextAsync("What went out to kiosks");

        await row.GetByRole(AriaRole.Link, new() { Name = Name }).ClickAsync();
        await Expect(page.GetByLabel("Query", new() { Exact = true })).ToHaveValueAsync("kind:deploy service:kiosk");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kept queries" }).ClickAsync();
        await row.GetByText("Drop", new() { Exact = true }).ClickAsync();
        await Button(page, "Drop it for everybody").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.DoesNotContain((await Stage.Platform.Door.Incidents.Views(Stop)).Items, view => view.Name == Name);
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task What_it_finds_is_posted_tried_and_posted_no_more(ColorScheme colours)
    {
        var name = $"notes-of-kiosks-{colours}".ToLowerInvariant();
        await Stage.Platform.Door.Incidents.SetView(name, new SetTimelineView("kind:note service:kiosk"), Stop);
        var page = await SignedIn(At, colours);
        var row = Row(page, name);
        await row.GetByText("Post it", new() { Exact = true }).ClickAsync();
        await row.GetByLabel("Where to?").FillAsync("http://hooks.example.org/steady");
        await Button(page, "Post from now on").ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("https://");
        await Expect(row.GetByLabel("Where to?")).ToHaveValueAsync("http://hooks.example.org/steady");
        await row.GetByLabel("Where to?").FillAsync("https://hooks.invalid/steady");
        Assert.Empty(await Stage.Violations(page));
        await Button(page, "Post from now on").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).Locator("textarea"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await Expect(row).ToContainTextAsync("Posted to hooks.invalid, 0 so far");
        await Button(page, $"Send a test message for {name}").ClickAsync();
        var came = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "A test message to hooks.invalid" });
        await Expect(came).ToContainTextAsync("not taken");
        Assert.Empty(await Stage.Violations(page));
        await row.GetByText("Post no more", new() { Exact = true }).ClickAsync();
        await Button(page, "End it").ClickAsync();
        await Expect(row).Not.ToContainTextAsync("hooks.invalid");
    }

    [Fact]
    public async Task Who_may_only_read_sees_them_without_forms()
    {
        await Stage.Platform.Door.Incidents.SetView("read-by-all", new SetTimelineView("kind:note"), Stop);
        var page = await SignedInAs("reader-of-queries@local", "incidents:read", At);
        await Expect(Row(page, "read-by-all")).ToContainTextAsync("kind:note");
        await Expect(page.Locator("#queries form")).ToHaveCountAsync(0);
    }

    private static ILocator Row(IPage page, string name) => page.Locator($"#q-{name}");

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
