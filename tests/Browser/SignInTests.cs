using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

public sealed class SignInTests(Stage stage) : PageTests(stage)
{
    [Fact]
    public async Task The_printed_link_signs_in_once_and_then_explains_itself()
    {
        var page = await Open();
        await page.GotoAsync("/incidents");
        Assert.EndsWith("/login?next=%2Fincidents", page.Url, StringComparison.Ordinal);
        Assert.Empty(await Stage.Violations(page));

        var link = $"/login?code={Stage.Platform.LoginCode}";
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Now", Level = 1 })).ToBeVisibleAsync();

        var other = await Open();
        var answer = await other.GotoAsync(link);
        Assert.Equal(403, answer!.Status);
        await Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used already");
        await Expect(other.Locator("main")).ToContainTextAsync("start Steady again for a new one");
    }

    [Fact]
    public async Task An_address_that_there_is_not_is_a_page_for_people_and_a_problem_for_programs()
    {
        var stranger = await Open();
        await stranger.GotoAsync("/incidnets");
        Assert.EndsWith("/login?next=%2Fincidnets", stranger.Url, StringComparison.Ordinal);

        var page = await SignedIn("/");
        foreach (var address in (string[])["/incidnets", "/settings/nothing-of-this-name"])
        {
            var answer = await page.GotoAsync(address);
            Assert.Equal(404, answer!.Status);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
                .ToHaveTextAsync("There is nothing here");
            Assert.Empty(await Stage.Violations(page));
        }

        var program = await page.APIRequest.GetAsync(
            "/incidnets",
            new() { Headers = [new("Accept", "application/json")] }
        );
        Assert.Equal(404, program.Status);
        Assert.Contains("There is nothing under this address.", await program.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_opens_nothing()
    {
        var page = await Open();
        await page.GotoAsync("/login");
        await page.GetByLabel("API token").FillAsync("eyJhbGciOiJub25lIn0.e30.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not valid here");
    }

    [Fact]
    public async Task Signing_out_closes_the_pages()
    {
        var page = await SignedIn("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/budgets");

        Assert.Contains("/login", page.Url, StringComparison.Ordinal);
    }
}
