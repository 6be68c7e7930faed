using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Objectives as they are written: two people who do so at once lose nothing.</summary>
public sealed class ObjectivePageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_slower_with_an_objective_sees_how_it_stands_now_and_keeps_what_was_typed()
    {
        var name = await Written("overtaken");
        var page = await SignedIn($"/objectives/{name}");
        var field = page.GetByLabel("Document, YAML or JSON");
        var seen = await field.InputValueAsync();
        var budgets = Stage.Platform.Door.Budgets;
        await budgets.Revise(name, seen.Replace("0.999", "0.99", StringComparison.Ordinal), null, stop: Stop);
        var mine = seen.Replace("0.999", "0.995", StringComparison.Ordinal);
        await field.FillAsync(mine);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.Locator(".stands")).ToContainTextAsync("target: 0.99");
        await Expect(field).ToHaveValueAsync(mine);
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator("#budget-head")).ToBeVisibleAsync();
        Assert.Equal(0.995m, (await budgets.Objective(name, Stop)).Target);

        // A second one of the same name is a change, and is made where one sees what it says.
        await page.GotoAsync("/objectives/new");
        await field.FillAsync(mine);
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is an objective of this name already");
        await Expect(field).ToHaveValueAsync(mine);
    }

    [Fact]
    public async Task What_another_tool_wrote_is_put_right_where_that_is_asked_for()
    {
        var page = await SignedIn("/objectives/new");
        var field = page.GetByLabel("Document, YAML or JSON");
        var text = Stage.Objective("lenient").Replace("target: 0.999", "target: '0.999'", StringComparison.Ordinal);
        await field.FillAsync(text);
        await Expect(page.Locator("#preview")).ToContainTextAsync("1 error");
        await page.GetByLabel("Put right what other tools write").CheckAsync();
        await Expect(page.Locator("#preview .note")).ToContainTextAsync("target");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Define it" }).ClickAsync();
        await Expect(page.Locator("#budget-head")).ToBeVisibleAsync();
        Assert.Equal(0.999m, (await Stage.Platform.Door.Budgets.Objective("lenient", Stop)).Target);
    }

    private async Task<string> Written(string name)
    {
        await Stage.Platform.Door.Budgets.Apply(
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
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.999 }]
            """,
            stop: Stop
        );
        return name;
    }
}
