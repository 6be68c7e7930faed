using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Steady.Client;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What is set for everybody: the catalog, the map that it draws, the rules, tokens.</summary>
public sealed class CatalogPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Documents_are_pasted_looked_at_refused_at_their_place_kept_and_drawn(ColorScheme colours)
    {
        var name = $"kiosk-{colours}".ToLowerInvariant();
        var document = $$"""
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: {{name}}
              annotations:
                steady.dev/tier: "9"
            spec:
              owner: group:shop-team
              dependsOn: [component:prices-{{name}}]
            """;
        var page = await SignedIn("/catalog", colours);
        var field = page.GetByLabel("Documents, YAML");
        await field.FillAsync(document);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.Locator(".marked .wrong")).ToContainTextAsync("tier");
        await Expect(field).ToHaveValueAsync(document);
        Assert.Empty(await Stage.Violations(page));

        await field.FillAsync(document.Replace("\"9\"", "\"1\"", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Only look" }).ClickAsync();
        await Expect(page.Locator("#catalog-result")).ToContainTextAsync("What would change");
        await Expect(page.Locator($"#service-{name}")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.Locator($"#service-{name}")).ToContainTextAsync("shop-team");
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync("/map");
        var service = page.Locator($"a[data-service={name}]");
        await Expect(page.Locator($".edge.believed[data-from={name}]")).ToHaveCountAsync(1);
        Assert.Empty(await Stage.Violations(page));
        await service.FocusAsync();
        await Expect(page.Locator("svg.map")).ToHaveClassAsync("map dimmed");
        await Expect(page.Locator($"a[data-service=prices-{name}]"))
            .ToHaveClassAsync(new System.Text.RegularExpressions.Regex("lit"));
        // On the service itself: what has the focus when the map is drawn anew meanwhile is another matter.
        await service.PressAsync("Enter");
        await page.WaitForURLAsync($"**/catalog#service-{name}");
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Rules_are_read_and_a_token_is_made_and_shown_once(ColorScheme colours)
    {
        var page = await SignedIn("/settings", colours);
        await Expect(page.Locator("#set-severities tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator("#set-routes")).ToContainTextAsync("steady alert routes apply");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Tokens" }).ClickAsync();
        await page.GetByLabel("Who or what is it for?").FillAsync("till-bot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("incidents:read").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        using var bot = new FrontDoor(Stage.Platform.Address("web"), await page.Locator("#token").InputValueAsync());
        Assert.NotNull(await bot.Incidents.Severities(stop: Stop));
        await page.GotoAsync("/tokens");
        await Expect(page.Locator("#token")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_key_of_an_integration_is_made_shown_once_opens_its_door_and_is_revoked(ColorScheme colours)
    {
        var name = $"till-{colours}".ToLowerInvariant();
        var page = await SignedIn("/tokens", colours);
        var keys = page.Locator("#keys");
        await keys.GetByLabel("Who sends with it?").FillAsync(name);
        await keys.GetByLabel("What does it open?").SelectOptionAsync("Slack");
        await keys.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        // Slack has a secret of its own; what was typed is still there.
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("signing secret");
        await Expect(keys.GetByLabel("Who sends with it?")).ToHaveValueAsync(name);
        await keys.GetByLabel("What does it open?").SelectOptionAsync("Pagerduty");
        await keys.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("#key").InputValueAsync();
        Assert.Matches("^[A-Za-z0-9]{32}$", key);
        Assert.Empty(await Stage.Violations(page));
        Assert.Equal(HttpStatusCode.Accepted, await Send());

        await page.GotoAsync("/tokens");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        var row = keys.Locator("li").Filter(new() { HasText = name });
        await Expect(row).ToContainTextAsync($"ends with {key[^4..]}");
        await row.GetByText("Revoke", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke the key" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.NotEqual(HttpStatusCode.Accepted, await Send());

        async Task<HttpStatusCode> Send()
        {
            using var http = new HttpClient { BaseAddress = Stage.Platform.Address("web") };
            using var answer = await http.PostAsJsonAsync(
                "api/incidents/v2/enqueue",
                new
                {
                    routing_key = key,
                    event_action = "resolve",
                    dedup_key = "till",
                },
                TestContext.Current.CancellationToken
            );
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_no_key()
    {
        var page = await SignedInAs("cleo", "incidents:read", "/tokens");
        await Expect(page.Locator("#keys")).ToContainTextAsync("needs the scope incidents:write");
        await Expect(page.Locator("#keys form")).ToHaveCountAsync(0);
    }
}
