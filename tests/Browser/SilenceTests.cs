using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Alerts are silenced while something is repaired, and told again.</summary>
public sealed class SilenceTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task From_an_incident_its_alerts_are_silenced_and_the_silence_is_ended(ColorScheme colours)
    {
        var service = $"search-{colours}".ToLowerInvariant();
        var incidents = Stage.Platform.Door.Incidents;
        var incident = await incidents.Declare(
            new DeclareIncident(service, Severity.Sev3, "Nothing is found"),
            stop: Stop
        );
        var page = await SignedIn($"/incidents/INC-{incident.Number}", colours);
        await page.Locator("#facts").GetByRole(AriaRole.Link, new() { Name = "Silence its alerts" }).ClickAsync();
        var panel = page.Locator("#set-silences");
        var labels = panel.GetByLabel("Alerts with these labels");
        await Expect(labels).ToHaveValueAsync($"service=\"{service}\"");
        Assert.Empty(await Stage.Violations(page));

        // What is no condition is refused, and stays as it was typed.
        await labels.FillAsync($"service=\"{service}\"\nseverity");
        await panel.GetByLabel("Why?").Last.FillAsync("The index is rebuilt");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Silence them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("matchers[1]");
        await Expect(labels).ToHaveValueAsync($"service=\"{service}\"\nseverity");
        await Expect(panel.GetByLabel("Why?").Last).ToHaveValueAsync("The index is rebuilt");
        await panel.GetByLabel("For how many minutes?").FillAsync("");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Silence them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("for how many minutes");

        await labels.FillAsync($"service=\"{service}\"");
        await panel.GetByLabel("For how many minutes?").FillAsync("45");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Silence them" }).ClickAsync();
        var row = panel.Locator("li").Filter(new() { HasText = service });
        await Expect(row).ToContainTextAsync("The index is rebuilt");
        var silence = Assert.Single(await Silences());
        Assert.Equal(45, (silence.Until - silence.From).TotalMinutes, 0.5);
        Assert.Empty(await Stage.Violations(page));

        await row.GetByText("End", new() { Exact = true }).ClickAsync();
        await row.GetByLabel("Why?").FillAsync("It is rebuilt");
        await row.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Empty(await Silences());

        async Task<IReadOnlyList<SilenceView>> Silences() =>
            [
                .. (await incidents.Silences(stop: Stop)).Items.Where(one =>
                    one.Matchers.Any(matcher => matcher.Contains(service, StringComparison.Ordinal))
                ),
            ];
    }

    [Fact]
    public async Task Who_may_only_read_sees_silences_and_no_form()
    {
        var page = await SignedInAs("cleo", "incidents:read", "/settings?silence=service%3Dcheckout");
        await Expect(page.Locator("#set-silences")).ToBeVisibleAsync();
        await Expect(page.Locator("#set-silences form")).ToHaveCountAsync(0);
    }
}
