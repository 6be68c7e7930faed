using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>A plan as a document: a taken name takes nothing, and who was overtaken keeps what they wrote.</summary>
public sealed class PlanPageTests(Stage stage) : PageTests(stage)
{
    private const string Name = "written-day";

    private string me = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_written_with_its_breaks_and_changed_on_what_was_read()
    {
        var door = Stage.Platform.Door;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var experiment = await door.Experiments.Apply(
            sample.Replace("name: slow-ledger", $"name: {Name}-slow", StringComparison.Ordinal),
            stop: Stop
        );
        me = experiment.By;
        var page = await SignedIn("/gamedays/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "write it as a document" }).ClickAsync();
        var text = page.GetByLabel("Document, YAML or JSON");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("roles:"));
        Assert.Empty(await Stage.Violations(page));
        await text.FillAsync(Document("What breaks first?", 10));
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.Locator("#day-agenda")).ToContainTextAsync("Lunch");
        await Stage.Platform.Door.GameDays.Vote(Name, new CastVote(false, "Not today."), Stop);

        // A taken name is refused by both ways to plan a new one, and nothing is voided.
        await page.GotoAsync("/gamedays/new/plan");
        await text.FillAsync(Document("Mine", 10));
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"There is a game day {Name} already");
        await Expect(text).ToHaveValueAsync(Document("Mine", 10));
        await page.GotoAsync("/gamedays/new");
        await Field(page, "Title").FillAsync("Mine too");
        await page.GetByLabel("Name", new() { Exact = false }).FillAsync(Name);
        await Field(page, "Environment").FillAsync("staging");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new($"{Name}-slow") }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"There is a game day {Name} already");
        await Expect(Field(page, "Title")).ToHaveValueAsync("Mine too");
        Assert.Single((await door.GameDays.Get(Name, Stop)).Votes);

        await Change(page, text);
    }

    private async Task Change(IPage page, ILocator text)
    {
        await page.GotoAsync($"/gamedays/{Name}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the plan" }).ClickAsync();
        await Expect(page.Locator("#plan-voids")).ToContainTextAsync("1 vote");
        await Stage.Platform.Door.GameDays.Assign(Name, new RoleHolder("zoe", GameDayRole.Observer), Stop);
        await text.FillAsync(Document("What breaks second?", 25));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the plan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.Locator("#plan-changed")).ToContainTextAsync("zoe is observer now.");
        await Expect(text).ToHaveValueAsync(Document("What breaks second?", 25));
        Assert.Empty(await Stage.Violations(page));
        await page.SetViewportSizeAsync(360, 800);
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"),
            "Nothing stands out at the side."
        );

        // Another name would make another day of it.
        await text.FillAsync(Document("Elsewhere", 25).Replace(Name, "other-day", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the plan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A game day keeps its name");
        await text.FillAsync(Document("What breaks second?", 25));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the plan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What breaks second?");
        await Expect(page.Locator("#day-agenda")).ToContainTextAsync("25 min");
        Assert.Empty((await Stage.Platform.Door.GameDays.Get(Name, Stop)).Votes);

        var reader = await SignedInAs("rhea", "experiments:read", $"/gamedays/{Name}/plan");
        await Expect(reader.GetByLabel("Document, YAML or JSON")).ToBeDisabledAsync();
        await Expect(reader.GetByRole(AriaRole.Button, new() { Name = "Change the plan" })).ToHaveCountAsync(0);
    }

    private string Document(string title, int lunch) =>
        $$"""
            name: {{Name}}
            title: {{title}}
            environment: staging
            window: { day: 2030-12-03, from: "10:00", until: "12:00", zone: Europe/Berlin }
            agenda:
              - { title: Lunch, minutes: {{lunch}} }
              - { title: A slow ledger, experiment: {{Name}}-slow, minutes: 20 }
            roles:
              - { person: {{me}}, role: commander }
              - { person: {{me}}, role: operator }
            """;
}
