using Microsoft.Playwright;
using Steady.Contracts.Budgets;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>One answer of a gate and what two persons do about it, and what is left out of a budget, however old it is.</summary>
public sealed class GateDecisionTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_freeze_denied_is_let_through_by_two_on_the_page_of_the_answer()
    {
        // Of a service without a budget, so that it is on no budget's page.
        const string name = "frozen-shop";
        await Stage.Platform.Door.Gates.Apply(name, Frozen(name), stop: Stop);
        var page = await SignedIn("/gates");
        await page.Locator("main").GetByText("May this go ahead?").ClickAsync();
        var ask = page.Locator("#gate-ask");
        await ask.GetByLabel("Service", new() { Exact = true }).FillAsync(name);
        await ask.GetByLabel("What is it about?").FillAsync("release-12");
        await ask.GetByLabel("How much of the budget may it spend").FillAsync("some");
        await ask.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("What it may spend is no number");
        await Expect(ask.GetByLabel("What is it about?")).ToHaveValueAsync("release-12");
        await ask.GetByLabel("How much of the budget may it spend").FillAsync("5");
        await ask.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "and letting it through" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Deploy of release-12");
        await Expect(page.Locator("#decision")).ToContainTextAsync("It may spend 5 % of the budget.");
        await Expect(page.Locator("#decision")).ToContainTextAsync($"{name}@1");
        Assert.Empty(await Stage.Violations(page));
        var through = page.Locator("#decision-override");
        await through.GetByText("Let it through").ClickAsync();
        await through.GetByLabel("Why?").FillAsync("It has the fix.");
        await through.GetByLabel("For how many minutes?").FillAsync("9000");
        await through.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("allows at most 240 minutes");
        await Expect(through.GetByLabel("Why?")).ToHaveValueAsync("It has the fix.");
        await through.GetByLabel("For how many minutes?").FillAsync("60");
        await through.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Expect(through).ToContainTextAsync("asks to let it through");
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);

        var cleo = await SignedInAs("cleo", "budgets:write budgets:read", new Uri(page.Url).AbsolutePath);
        await cleo.GetByRole(AriaRole.Button, new() { Name = "Agree to let release-12 through" }).ClickAsync();
        await Expect(cleo.Locator("#decision-override")).ToContainTextAsync("Let through until");
        await Expect(cleo.Locator("#decision-override form")).ToHaveCountAsync(0);
        var again = new AskGate(GateAction.Deploy, "release-12", "production");
        Assert.True((await Stage.Platform.Door.Budgets.Ask(name, again, stop: Stop)).Data.Ok);

        // A service that has no budget is found by its name.
        await page.GotoAsync("/gates");
        var said = page.Locator("#gate-said");
        await page.GetByLabel("What was said of service").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(said.Locator(".jobs > li")).ToHaveCountAsync(2);
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task An_old_period_is_approved_and_taken_back_though_newer_ones_hide_it()
    {
        const string name = "often-left-out";
        var door = Stage.Platform.Door;
        await door.Budgets.Apply(Stage.Objective(name), stop: Stop);
        var now = TimeProvider.System.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        for (var ago = 12; ago > 1; ago--)
        {
            var period = new ProposeAdjustment(
                hour.AddHours(-ago),
                hour.AddHours(1 - ago),
                AdjustmentCategory.OutOfScope,
                $"Load test {13 - ago}."
            );
            await door.Gates.Propose(name, period, stop: Stop);
        }

        var page = await SignedInAs("cleo", "budgets:write budgets:read", $"/budgets/{name}");
        await Expect(page.Locator("#budget-adjustments")).Not.ToContainTextAsync("Load test 1.");
        // Nothing was counted, so nobody knows what is left.
        await Expect(page.Locator("#budget-numbers")).ToContainTextAsync("Nothing counted yet");
        await Expect(page.Locator("#budget-numbers .spend .left")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "All that is left out" }).ClickAsync();
        var first = page.Locator("#budget-adjustments .jobs > li", new() { HasText = "Load test 1." });
        await first.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(first).ToContainTextAsync("approved by cleo");
        Assert.Empty(await Stage.Violations(page));
        await IsNarrowEnough(page);
        await first.GetByText("Take back").ClickAsync();
        await first.GetByLabel("Why?").FillAsync("They were real users.");
        await first.GetByRole(AriaRole.Button, new() { Name = "Let it count again" }).ClickAsync();
        await Expect(first).ToContainTextAsync("Counts again");

        await page.GotoAsync($"/budgets?find={name}");
        await Expect(page.Locator("#budgets .budget-card")).ToHaveCountAsync(1);
        await Expect(page.Locator("#budgets .budget-card")).ToContainTextAsync("Nothing counted yet");
        Assert.Empty(await Stage.Violations(page));
    }

    private static async Task IsNarrowEnough(IPage page)
    {
        await page.SetViewportSizeAsync(360, 800);
        const string beyond = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";
        Assert.Equal(0, await page.EvaluateAsync<int>(beyond));
        await page.SetViewportSizeAsync(1440, 900);
    }

    private static string Frozen(string name) =>
        $$"""
            apiVersion: steady.dev/v1
            kind: GatePolicy
            metadata:
              name: {{name}}
            spec:
              services: [{{name}}]
              environments: ["prod*"]
              rules: []
              freezes:
                - name: for-ever
                  from: "2026-01-01 00:00"
                  to: "2099-01-01 00:00"
                  timeZone: Europe/Berlin
                  then: deny
            """;
}
