using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page on which people look back: what was recorded beside the story they make of it.</summary>
public sealed class ReviewPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_story_is_told_by_keyboard_taken_in_worded_taken_out_and_printed(ColorScheme colours)
    {
        var incident = await Stage.Declare("Payments are told of");
        var door = Stage.Platform.Door;
        await door.Incidents.AddNote(incident.Id, new AddNote("The <b>queue</b> was full."), stop: Stop);
        await door.Incidents.Resolve(incident.Id, new ResolveIncident("The queue was emptied."), stop: Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}/review", colours);
        await Expect(page.Locator("#log")).ToContainTextAsync("The queue was emptied.");
        await Expect(page.Locator("#story .empty")).ToContainTextAsync("Nothing is told yet.");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Take in: The <b>queue</b> was full." }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var moment = page.Locator("#story li").Filter(new() { HasText = "The <b>queue</b> was full." });
        await Expect(moment).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Taken into the story" }))
            .ToHaveCountAsync(1);
        await Expect(page.Locator("#log li.told")).ToHaveCountAsync(1);
        // Whoever works by keyboard goes on with the next entry.
        await Expect(page.Locator("#log button:focus")).ToHaveCountAsync(1);

        await moment.GetByText("Add words").PressAsync("Enter");
        await moment.GetByLabel("Why does it matter?").FillAsync("From here on we *knew*.");
        await moment.GetByRole(AriaRole.Button, new() { Name = "Keep the words" }).PressAsync("Enter");
        await Expect(moment.Locator(".words")).ToHaveTextAsync("From here on we *knew*.");
        Assert.Empty(await Stage.Violations(page));

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".rail")).ToBeHiddenAsync();
        await Expect(page.Locator("#log")).ToBeHiddenAsync();
        await Expect(moment.Locator(".words")).ToBeVisibleAsync();
        await Expect(moment.GetByText("Take out")).ToBeHiddenAsync();
        await Expect(page.Locator("h1")).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        // The story comes first on paper; asked in one go, because news may just draw a part of the page anew.
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#story').getBoundingClientRect().y < document.querySelector('#facts').getBoundingClientRect().y"
        );
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        await moment.GetByRole(AriaRole.Button, new() { Name = "Take out" }).PressAsync("Enter");
        await Expect(page.Locator("#story li")).ToHaveCountAsync(0);
        Assert.Empty((await door.Postmortems.Story($"INC-{incident.Number}", Stop)).Moments);
    }

    [Fact]
    public async Task An_entry_is_dragged_into_the_story_and_out_and_words_that_somebody_was_faster_than_are_kept()
    {
        var incident = await Stage.Declare("Payments are dragged");
        var name = $"INC-{incident.Number}";
        var page = await SignedIn($"/incidents/{name}/review");
        var recorded = page.Locator("#log li").Filter(new() { HasText = "declared" }).First;
        await Expect(recorded).ToHaveAttributeAsync("draggable", "true");
        await recorded.DragToAsync(page.Locator("#story"));
        var moment = page.Locator("#story li");
        await Expect(moment).ToHaveCountAsync(1);

        var all = Stage.Platform.Door.Postmortems;
        var told = Assert.Single((await all.Story(name, Stop)).Moments);
        await moment.GetByText("Add words").ClickAsync();
        await moment.GetByLabel("Why does it matter?").FillAsync("Mine.");
        await all.Tell(name, told.Entry.Id, new TellMoment("Theirs."), Stop);
        await moment.GetByRole(AriaRole.Button, new() { Name = "Keep the words" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("meanwhile");
        await Expect(moment.Locator(".words")).ToHaveTextAsync("Theirs.");
        await Expect(moment.GetByLabel("Why does it matter?")).ToHaveValueAsync("Mine.");
        await moment.GetByRole(AriaRole.Button, new() { Name = "Keep the words" }).ClickAsync();
        await Expect(moment.Locator(".words")).ToHaveTextAsync("Mine.");

        // By its first line: a drag does not begin on a button, and what lies in the middle of a moment depends on its words.
        await moment.Locator(".when").DragToAsync(page.Locator("#log h2"));
        await Expect(moment).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "turning points" }).ClickAsync();
        await Expect(moment).Not.ToHaveCountAsync(0);
        await all.Start(name, Stop);
        await page.GotoAsync($"/incidents/{name}/postmortem");
        await Expect(page.Locator("#story li")).Not.ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task It_works_without_script_is_read_on_a_telephone_and_tells_nobody_of_a_private_incident()
    {
        var incident = await Stage.Declare("Payments are whispered");
        var door = Stage.Platform.Door;
        var cleo = await door.Tokens.Create(new CreateToken("cleo", ["incidents:read"]), Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}/review");
        await page.SetViewportSizeAsync(390, 800);
        await page.RouteAsync("**/js/*.js", route => route.AbortAsync());
        await page.ReloadAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"),
            "Nothing stands out at the side."
        );
        await page.Locator("#log button").First.ClickAsync();
        await Expect(page.Locator("#story li")).ToHaveCountAsync(1);

        await door.Incidents.SetPrivacy(incident.Id, new SetPrivacy(true, "It stays among us."), Stop);
        var other = await Open();
        await other.GotoAsync("/login");
        await other.GetByLabel("API token").FillAsync(cleo.Token);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(other.Locator("#live")).ToHaveTextAsync("Live");
        var answer = await other.GotoAsync($"/incidents/INC-{incident.Number}/review");
        Assert.Equal(404, answer!.Status);
        await Expect(other.Locator("main")).Not.ToContainTextAsync("whispered");
    }
}
