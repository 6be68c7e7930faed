using Microsoft.Playwright;
using Steady.Contracts.Budgets;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Composites as people use them: written as a document, read as a sentence, changed and ended.</summary>
public sealed class CompositePageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_composite_is_written_read_changed_and_ended()
    {
        await Objective("cards", bad: 3);
        await Objective("invoices", bad: 40);
        var page = await SignedIn("/budgets");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a composite" }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        var (name, field) = (Field(page, "Name"), page.GetByLabel("Document, JSON"));
        await name.FillAsync("people-can-pay");
        var text = Serial("\"cards\"", "\"invoices\"");
        await field.FillAsync(Serial("\"cards\"", "\"paper\""));
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();

        // What is wrong is told with its place, and what was typed is still there.
        await Expect(page.Locator(".findings")).ToContainTextAsync("There is no such objective.");
        await Expect(page.Locator(".findings")).ToContainTextAsync("graph.parts[1].objective");
        await Expect(name).ToHaveValueAsync("people-can-pay");
        await Expect(field).ToHaveValueAsync(Serial("\"cards\"", "\"paper\""));
        await field.FillAsync("{ \"displayName\": ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
        await field.FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("People can pay");
        await Expect(page.Locator("#composite-parts")).ToContainTextAsync("All of these must work");
        await Expect(page.Locator("#composite-parts")).ToContainTextAsync("invoices");
        await Expect(page.Locator("#composite-burndown svg .here")).ToContainTextAsync("left");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Change it" }).ClickAsync();
        var kept = await field.InputValueAsync();
        Assert.Contains("\"target\": 0.95", kept, StringComparison.Ordinal);
        await field.FillAsync(kept.Replace("\"serial\"", "\"parallel\"", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator("#composite-parts")).ToContainTextAsync("One of these is enough");

        await page.GetByText("Another stretch", new() { Exact = true }).ClickAsync();
        var begin = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2).ToString("yyyy-MM-dd'T'HH:00", null);
        await Field(page, "From").FillAsync(begin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Back to the usual stretch")).ToBeVisibleAsync();
        await Expect(Field(page, "From")).ToHaveValueAsync(begin);
        await Expect(page.Locator("#composite-burndown svg .here")).ToContainTextAsync("left");
        Assert.Empty(await Stage.Violations(page));

        // Three days ago, by the definition of today.
        var ago = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddDays(-3).UtcDateTime.ToString("O"));
        await page.GotoAsync($"/composites/people-can-pay?at={ago}");
        await Expect(page.Locator("#past")).ToContainTextAsync("by the definition of today");
        await Expect(page.Locator("#composite-numbers")).ToContainTextAsync("Then");
        await Expect(page.Locator("#composite-retire, #composite-head a")).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync("/budgets");
        await Expect(page.Locator("#composites")).ToContainTextAsync("one of cards, invoices");
        Assert.Empty(await Stage.Violations(page));
        await page.Locator("a[href='/composites/people-can-pay']").ClickAsync();
        await page.Locator("#composite-retire").GetByText("Retire it").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire this composite" }).ClickAsync();
        await Expect(page.Locator("a[href='/composites/people-can-pay']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_was_slower_sees_how_it_stands_now_and_keeps_what_was_typed()
    {
        await Objective("fast", bad: 3);
        await Objective("slow", bad: 4);
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.ApplyComposite("both", Serial("\"fast\"", "\"slow\""), Stop);
        var page = await SignedIn("/composites/both/write");
        await budgets.ApplyComposite(
            "both",
            Serial("\"slow\"", "\"fast\"").Replace("28d", "7d", StringComparison.Ordinal),
            Stop
        );

        var field = page.GetByLabel("Document, JSON");
        var mine = (await field.InputValueAsync()).Replace("0.95", "0.9", StringComparison.Ordinal);
        await field.FillAsync(mine);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.Locator(".stands")).ToContainTextAsync("\"window\": \"7d\"");
        await Expect(field).ToHaveValueAsync(mine);
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator("#composite-numbers")).ToContainTextAsync("90 %");

        // A second one of the same name is a change, and is made where one sees what it says.
        await page.GotoAsync("/composites/new");
        await Field(page, "Name").FillAsync("both");
        await field.FillAsync(Serial("\"fast\"", "\"slow\""));
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is a composite both already");
        await budgets.RetireComposite("both", Stop);
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.Locator("#composite-numbers")).ToContainTextAsync("95 %");

        var reader = await SignedInAs("ed", "budgets:read", "/composites/both");
        await Expect(reader.Locator("#composite-parts")).ToContainTextAsync("slow");
        await Expect(reader.Locator("#composite-head a, #composite-retire")).ToHaveCountAsync(0);
    }

    private static string Serial(string one, string other) =>
        $$$"""
            {"displayName":"People can pay","service":"shop","target":0.95,"window":"28d","graph":{"kind":"serial","parts":[
             {"kind":"objective","objective":{{{one}}}},{"kind":"objective","objective":{{{other}}}}]}}
            """;

    private async Task Objective(string name, long bad)
    {
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.Apply(
            $$"""
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: {{name}} }
            spec:
              service: {{name}}
              indicator:
                metadata: { name: {{name}}-requests }
                spec:
                  ratioMetric:
                    good: { metricSource: { type: push, spec: { counter: good } } }
                    total: { metricSource: { type: push, spec: { counter: total } } }
              timeWindow: [{ duration: 28d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.99 }]
            """,
            stop: Stop
        );
        var now = TimeProvider.System.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var counts = Enumerable.Range(2, 27 * 24).Select(ago => new CountBucket(hour.AddHours(-ago), 3600, 5_000, bad));
        await budgets.Record($"{name}-requests", new RecordCounts($"browser-{name}", 1, [.. counts]), Stop);
    }
}
