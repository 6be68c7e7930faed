using System.Net;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Somebody subscribes to their shifts, and ends it.</summary>
public sealed class CalendarLinkTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_link_is_made_shown_once_subscribed_to_and_revoked(ColorScheme colours)
    {
        var name = $"racks-{colours}".ToLowerInvariant();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var rotation = new RotationLayer("all", today.AddDays(-9), "00:00", TurnUnit.Week, [new RotationMember("ana")]);
        await Stage.Platform.Door.OnCall.Set(name, new SetSchedule("Etc/UTC", [rotation], "So"), stop: Stop);
        var page = await SignedIn("/oncall?zone=Etc/UTC", colours);
        var panel = page.Locator("#oncall-calendars");
        await panel.GetByText("Make a link", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Whose shifts?").SelectOptionAsync($"schedule {name}");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        var address = await page.Locator("#calendar").InputValueAsync();
        Assert.Empty(await Stage.Violations(page));
        Assert.StartsWith($"{Stage.Web}/api/incidents/v1/calendars/", address, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VEVENT", await Fetch(HttpStatusCode.OK), StringComparison.Ordinal);

        await page.GotoAsync("/oncall");
        Assert.DoesNotContain(address, await page.ContentAsync(), StringComparison.Ordinal);
        var row = panel.Locator("li").Filter(new() { HasText = $"All of {name}" });
        await row.GetByText("Revoke", new() { Exact = true }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke the link" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await Fetch(HttpStatusCode.NotFound);

        async Task<string> Fetch(HttpStatusCode expected)
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri(address), Stop);
            Assert.Equal(expected, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Stop);
        }
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_no_link()
    {
        var page = await SignedInAs("cleo", "incidents:read", "/oncall");
        await Expect(page.Locator("#oncall-calendars form")).ToHaveCountAsync(0);
    }
}
