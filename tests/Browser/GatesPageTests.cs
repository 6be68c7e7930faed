using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Gates as people use them: policies written with what is wrong beside them, read as sentences, and asked.</summary>
public sealed class GatesPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Policies_are_read_as_sentences_and_a_gate_is_asked(ColorScheme colours)
    {
        var name = $"read-{colours}".ToLowerInvariant();
        await Stage.Platform.Door.Gates.Apply(name, Document(name, name), stop: Stop);
        var page = await SignedIn("/budgets", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Gates" }).ClickAsync();
        var policy = page.Locator(".policies > li", new() { HasText = name });
        await Expect(policy)
            .ToContainTextAsync(
                "Denies deploys when more than 100 % of the budget went within 28d, except p0-fix. Reliability first."
            );
        await Expect(policy).ToContainTextAsync($"For {name} in prod*.");
        Assert.Empty(await Stage.Violations(page));

        var main = page.Locator("main");
        await main.GetByText("May this go ahead?").ClickAsync();
        await main.GetByLabel("Service", new() { Exact = true }).FillAsync(name);
        await main.GetByLabel("What is it about?").FillAsync("release-9");
        await main.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Expect(page.Locator("#gate-answer")).ToContainTextAsync($"Deploy of release-9 on {name} in production.");
        await Expect(page.Locator("#gate-answer")).ToContainTextAsync($"Decided by {name}@1");
        await Expect(page.Locator("#gate-said")).ToContainTextAsync("release-9");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task A_policy_is_written_with_what_is_wrong_beside_it_changed_and_ended()
    {
        var page = await SignedIn("/gates");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a policy" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("It is taken as it is");
        Assert.Empty(await Stage.Violations(page));
        var field = page.GetByLabel("Document, YAML or JSON");
        var text = Document("written", "written");
        await field.FillAsync(text.Replace("share: 1", "share: -1", StringComparison.Ordinal));
        await Expect(page.Locator("#preview .error")).ToContainTextAsync("spec.rules[0].when.spentAbove.share");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.Locator(".marked .wrong")).ToContainTextAsync("share: -1");
        Assert.Empty(await Stage.Violations(page));
        await field.FillAsync(text);
        await Expect(page.Locator("#preview .error")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "written" }).ClickAsync();
        await Expect(page.Locator("#policy-revisions")).ToContainTextAsync("written@1");

        // Somebody else is faster: what stands now is shown, what was typed is kept.
        await Stage.Platform.Door.Gates.Apply(
            "written",
            text.Replace("28d", "14d", StringComparison.Ordinal),
            stop: Stop
        );
        var mine = text.Replace("share: 1", "share: 0.5", StringComparison.Ordinal);
        await field.FillAsync(mine);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this");
        await Expect(page.Locator(".stands")).ToContainTextAsync("14d");
        await Expect(field).ToHaveValueAsync(mine);
        Assert.Empty(await Stage.Violations(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Locator(".policies > li", new() { HasText = "written" }))
            .ToContainTextAsync("more than 50 %");

        // A second one of the same name is a change, and is made where one sees what it says.
        await page.GotoAsync("/gates/policies/new");
        await field.FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is a policy of this name already");
        await Expect(field).ToHaveValueAsync(text);

        var reader = await SignedInAs("ed", "budgets:read", "/gates/policies/written");
        await Expect(reader.GetByLabel("Document, YAML or JSON")).ToBeDisabledAsync();
        await Expect(reader.Locator("#policy-retire")).ToHaveCountAsync(0);

        await page.GotoAsync("/gates/policies/written");
        await page.GetByText("Retire it").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire this policy" }).ClickAsync();
        await Expect(page.Locator(".policies > li", new() { HasText = "written" })).ToContainTextAsync("Retired");
    }

    private static string Document(string name, string service) =>
        $$"""
            apiVersion: steady.dev/v1
            kind: GatePolicy
            metadata:
              name: {{name}}
            spec:
              services: [{{service}}]
              environments: ["prod*"]
              rules:
                - name: freeze
                  when: { spentAbove: { share: 1, within: 28d } }
                  then: deny
                  actions: [deploy]
                  except: [p0-fix]
                  reason: Reliability first.
            """;
}
