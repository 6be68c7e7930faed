using Microsoft.Playwright;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>A session ends while somebody writes: what they typed stays theirs.</summary>
public sealed class SessionTests(Stage stage) : PageTests(stage)
{
    private const string Words = "The disk of the ledger is full.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_too_late_stands_in_its_form_again_and_is_sent_then()
    {
        var page = await Writing("Sessions end too early");
        var here = page.Url;
        await EndSession(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.Locator("#kept")).ToContainTextAsync("What you typed is kept");
        Assert.Empty(await Stage.Violations(page));

        await SignIn(page, Stage.Platform.Token);
        await Expect(page.Locator("#kept")).ToContainTextAsync("nothing was sent");
        Assert.Equal(here, page.Url);
        await Expect(Note(page)).ToHaveValueAsync(Words);
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.Locator(".timeline")).ToContainTextAsync(Words);
        await page.ReloadAsync();
        await Expect(page.Locator("#kept")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_writes_goes_on_writing_and_is_told()
    {
        var page = await Writing("Sessions end meanwhile");
        await EndSession(page);
        await Expect(page.Locator("#live")).ToContainTextAsync("Signed out");
        await Expect(Note(page)).ToHaveValueAsync(Words);

        await page.ReloadAsync();
        await SignIn(page, Stage.Platform.Token);
        await Expect(Note(page)).ToHaveValueAsync(Words);
    }

    [Fact]
    public async Task The_timeline_does_not_throw_out_who_writes_evidence()
    {
        var incident = await Stage.Declare("Sessions end over evidence");
        var page = await SignedIn($"/incidents/INC-{incident.Number}/timeline");
        await page.GetByText("Add evidence", new() { Exact = true }).ClickAsync();
        var text = page.GetByLabel("What happened?");
        await text.FillAsync(Words);
        await EndSession(page);
        await Expect(page.Locator("#live")).ToContainTextAsync("Signed out");
        await Expect(text).ToHaveValueAsync(Words);
    }

    [Fact]
    public async Task A_document_that_is_checked_as_one_types_is_not_lost()
    {
        var page = await SignedIn("/gates/policies/new");
        await EndSession(page);
        var text = page.GetByLabel("Document, YAML or JSON");
        await text.FillAsync("kind: Mine");
        await Expect(page.Locator("#live")).ToContainTextAsync("Signed out");
        await Expect(text).ToHaveValueAsync("kind: Mine");

        await page.ReloadAsync();
        await SignIn(page, Stage.Platform.Token);
        await Expect(text).ToHaveValueAsync("kind: Mine");
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_sees_nothing_of_it()
    {
        var page = await Writing("Sessions change hands");
        await EndSession(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        var other = await Stage.Platform.Door.Tokens.Create(
            new CreateToken("somebody-else", ["incidents:read", "incidents:write"]),
            Stop
        );
        await SignIn(page, other.Token);
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#kept")).ToHaveCountAsync(0);
        await Expect(Note(page)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_colours_are_those_that_were_chosen()
    {
        var page = await SignedIn("/budgets");
        foreach (var (name, theme) in new[] { ("Press for dark", "dark"), ("Press for light", "light") })
        {
            await page.Locator($"button[title$='{name}']").ClickAsync();
            await Expect(page.Locator($"html[data-theme={theme}]")).ToHaveCountAsync(1);
            Assert.EndsWith("/budgets", page.Url, StringComparison.Ordinal);
            Assert.Empty(await Stage.Violations(page));
        }

        Assert.Equal("rgb(244, 245, 248)", await Ground(page));
        await page.Locator("button[title$='Press for those of the system']").ClickAsync();
        await Expect(page.Locator("html[data-theme]")).ToHaveCountAsync(0);
        Assert.Equal("rgb(11, 14, 20)", await Ground(page));
    }

    private async Task<IPage> Writing(string title)
    {
        var incident = await Stage.Declare(title);
        var page = await SignedIn($"/incidents/INC-{incident.Number}");
        await page.GetByText("Add a note", new() { Exact = true }).ClickAsync();
        await Note(page).FillAsync(Words);
        return page;
    }

    private static ILocator Note(IPage page) => page.GetByLabel("What did you see or do?");

    private static Task EndSession(IPage page) => page.Context.ClearCookiesAsync(new() { Name = "steady-session" });

    private static async Task SignIn(IPage page, string token)
    {
        await page.GetByLabel("API token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static Task<string> Ground(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor");
}
