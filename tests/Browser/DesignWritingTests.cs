using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>A design as a document: all of it can be written, a taken name takes nothing, and findings of all runs are found.</summary>
public sealed class DesignWritingTests(Stage stage) : PageTests(stage)
{
    private const string Name = "all-of-it";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_design_is_written_with_what_the_form_has_no_field_for_and_changed_on_what_was_read()
    {
        var door = Stage.Platform.Door.Experiments;
        var page = await SignedIn("/experiments/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "as a document" }).ClickAsync();
        var text = page.GetByLabel("Document, YAML or JSON");
        var sample = await text.InputValueAsync();
        Assert.Contains("blastRadius:", sample, StringComparison.Ordinal);
        Assert.Empty(await Stage.Violations(page));

        // What is wrong is said while one types.
        var more = $"{sample.Replace("name: slow-ledger", $"name: {Name}", StringComparison.Ordinal)}\n{Rest("soon")}";
        await text.FillAsync(more);
        await Expect(page.Locator("#preview .findings .error")).ToHaveCountAsync(1);
        var good = more.Replace("soon", "14", StringComparison.Ordinal);
        await text.FillAsync(good);
        await Expect(page.Locator("#preview .findings .error")).ToHaveCountAsync(0);
        await Expect(page.Locator("#preview .ladder")).ToContainTextAsync("400 ms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Draft");
        var kept = (await door.Get(Name, Stop)).Design;
        Assert.Equal(
            ("login", "POST", 2),
            (kept.Alarms!.Single().Name, kept.Rollback!.Single().Method, kept.Promotion!.Held)
        );

        // Somebody else's draft is not overwritten by a new one, in neither way.
        await page.GotoAsync("/experiments/new/document");
        await text.FillAsync(good.Replace("holdSeconds: 4", "holdSeconds: 9", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"There is an experiment {Name} already");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("holdSeconds: 9"));
        await page.GotoAsync($"/experiments/new?from={Name}");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Name);
        await page.GetByLabel("Each held").FillAsync("9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"There is an experiment {Name} already");

        await page.GotoAsync($"/experiments/{Name}/document");
        var mine = (await text.InputValueAsync()).Replace("holdSeconds: 4", "holdSeconds: 7", StringComparison.Ordinal);
        await door.Apply(good.Replace("holdSeconds: 4", "holdSeconds: 6", StringComparison.Ordinal), stop: Stop);
        await text.FillAsync(mine);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.Locator(".stands")).ToContainTextAsync("holdSeconds: 6");
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Draft");
        Assert.Equal(7, (await door.Get(Name, Stop)).Design.Ladder.HoldSeconds);
    }

    private static string Rest(string every) =>
        $$"""
            alarms:
              - name: login
                kind: blocking
                probe: { url: "http://127.0.0.1:8090/login", method: GET, timeoutMs: 1000, everyMs: 200 }
                tolerance: { status: 200, withinMs: 500, minimumGood: 0.9 }
            rollback:
              - { url: "http://127.0.0.1:8090/flags", method: POST }
            promotion: { environment: production, held: 2, withinDays: {{every}} }
            """;
}
