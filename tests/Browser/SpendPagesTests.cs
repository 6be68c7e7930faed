using System.Globalization;
using Microsoft.Playwright;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Who spent a budget, what went out, where events are counted, and other stretches of a history.</summary>
public sealed class SpendPagesTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_team_takes_a_period_on_itself_and_stands_in_the_report()
    {
        var (name, hour) = await Spent("taken-on");
        var page = await SignedIn($"/budgets/{name}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Between two moments" }).ClickAsync();
        await page.Locator("#s-from").FillAsync(Field(hour.AddHours(2)));
        await page.Locator("#s-to").FillAsync(Field(hour));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("beginning before the end");
        await Expect(page.Locator("#s-from")).ToHaveValueAsync(Field(hour.AddHours(2)));
        Assert.Empty(await Stage.Violations(page));

        var claim = page.Locator("#spend-claim");
        await claim.GetByText("Take a period on us").Last.ClickAsync();
        await claim.GetByLabel("Team", new() { Exact = true }).FillAsync("databases");
        await claim.Locator("#claim-from").FillAsync(Field(hour.AddHours(1)));
        await claim.Locator("#claim-to").FillAsync(Field(hour));
        await claim.GetByLabel("What do you do then?").FillAsync("Move of the primary");
        await claim.GetByRole(AriaRole.Button, new() { Name = "Take it on us" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no period");
        await Expect(claim.GetByLabel("What do you do then?")).ToHaveValueAsync("Move of the primary");
        await claim.Locator("#claim-from").FillAsync(Field(hour));
        await claim.Locator("#claim-to").FillAsync(Field(hour.AddHours(1)));
        await claim.GetByRole(AriaRole.Button, new() { Name = "Take it on us" }).ClickAsync();
        await Expect(page.Locator("#spent")).ToContainTextAsync("120 failures of 1,120 events");
        await Expect(page.Locator("#spent table")).ToContainTextAsync("Move of the primary");
        await page.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("Team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("#spent table")).ToContainTextAsync("databases");
        await Expect(page.Locator("#spent")).ToContainTextAsync($"steady budget spend {name}");
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);

        // Another stretch of the same budget is drawn, and stays so while the page refreshes itself.
        await page.GotoAsync($"/budgets/{name}");
        await page.GetByText("Another stretch").ClickAsync();
        await page.Locator("#h-from").FillAsync(Field(hour.AddHours(-2)));
        await page.Locator("#h-to").FillAsync(Field(hour.AddHours(1)));
        await page.Locator("#h-step").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await page.GetByText("As a table").ClickAsync();
        await Expect(page.Locator("#budget-burndown tbody tr")).ToHaveCountAsync(7);
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);
    }

    [Fact]
    public async Task What_went_out_is_told_and_listed_by_service()
    {
        var page = await SignedIn("/budgets");
        await page.GetByRole(AriaRole.Link, new() { Name = "Deploys" }).ClickAsync();
        var form = page.Locator("#deploy-record");
        await form.GetByText("Tell of a deployment").ClickAsync();
        await form.GetByLabel("Service", new() { Exact = true }).FillAsync("told-shop");
        await form.GetByLabel("What went out?").FillAsync("release-31");
        await form.GetByLabel("Who else may feel it?").FillAsync("told-till, told-stock");
        await form.GetByLabel("When?").FillAsync(Field(Now.AddHours(3)));
        await form.GetByRole(AriaRole.Button, new() { Name = "Tell of it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is told when it has happened");
        await Expect(form.GetByLabel("Who else may feel it?")).ToHaveValueAsync("told-till, told-stock");
        await form.GetByLabel("When?").FillAsync("");
        await form.GetByRole(AriaRole.Button, new() { Name = "Tell of it" }).ClickAsync();
        await Expect(page.Locator("#deploys tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#deploys")).ToContainTextAsync("told-shop, told-till, told-stock");
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);

        var reader = await SignedInAs("ed", "budgets:read", "/deploys?service=told-till");
        await Expect(reader.Locator("#deploys tbody tr")).ToHaveCountAsync(1);
        await Expect(reader.Locator("#deploy-record")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_objective_is_counted_from_a_source_until_it_is_switched_off()
    {
        var (name, _) = await Spent("sourced");
        var page = await SignedIn($"/objectives/{name}");
        var source = page.Locator("#objective-source");
        await Expect(source).ToContainTextAsync("No source is set");
        await source.GetByText("Count it from a source").ClickAsync();
        await source.GetByLabel("Source, YAML or JSON").FillAsync("origin: pigeon");
        await source.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(source.GetByLabel("Source, YAML or JSON")).ToHaveValueAsync("origin: pigeon");
        const string both = "origin: otlp\ncounters: { good: shop_good, total: shop_all, bad: shop_bad }";
        await source.GetByLabel("Source, YAML or JSON").FillAsync(both);
        await source.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("counters: The other side is said in one way.");
        await source
            .GetByLabel("Source, YAML or JSON")
            .FillAsync(both.Replace(", bad: shop_bad", "", StringComparison.Ordinal));
        await source.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(source).ToContainTextAsync("OpenTelemetry sends its counters.");
        await Expect(source).ToContainTextAsync("good: shop_good");
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);
        await source.GetByText("Switch it off").ClickAsync();
        await source.GetByRole(AriaRole.Button, new() { Name = "Count nothing from it any more" }).ClickAsync();
        await Expect(source).ToContainTextAsync("Switched off");

        var reader = await SignedInAs("ed", "budgets:read", $"/objectives/{name}");
        await Expect(reader.Locator("#objective-source")).ToContainTextAsync("good: shop_good");
        await Expect(reader.Locator("#objective-source form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Terms_without_a_field_are_tried_over_a_stretch_of_ones_own()
    {
        var (name, hour) = await Spent("tried-more");
        var page = await SignedInAs("ed", "budgets:read", $"/budgets/{name}/whatif");
        await page.Locator("#whatif-from").FillAsync(Field(hour.AddDays(-3)));
        await page.GetByLabel("Other terms").FillAsync("method: sometimes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Other terms: $.method");
        await Expect(page.GetByLabel("Other terms")).ToHaveValueAsync("method: sometimes");
        await page.GetByLabel("Other terms")
            .FillAsync("method: timeslices\nslice: { seconds: 60, target: 0.95, noData: good }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await Expect(page.Locator("#whatif-answer")).ToBeVisibleAsync();
        await Expect(page.GetByText($"--from {Field(hour.AddDays(-3))}:00Z -f try.json")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);
    }

    // A budget that lost 120 of 1,120 in the hour three hours ago.
    private async Task<(string Name, DateTimeOffset Hour)> Spent(string name)
    {
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.Apply(Stage.Objective(name), stop: Stop);
        var now = Now;
        var hour = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(-3);
        var counts = new RecordCounts($"browser-{name}", 1, [new CountBucket(hour.AddMinutes(20), 60, 1_000, 120)]);
        await budgets.Record($"{name}-requests", counts, Stop);
        await Eventually.Holds(
            async () => (await Stage.Platform.Door.Gates.Spend(name, hour, hour.AddHours(1), stop: Stop)).Bad == 120,
            "What was pushed is counted"
        );
        return (name, hour);
    }

    private static async Task IsNarrowEnough(IPage page)
    {
        await page.SetViewportSizeAsync(360, 800);
        const string beyond = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";
        Assert.Equal(0, await page.EvaluateAsync<int>(beyond));
        await page.SetViewportSizeAsync(1440, 900);
    }

    private static string Field(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
