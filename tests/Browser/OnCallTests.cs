using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Who answers this week, and taking over from each other.</summary>
public sealed class OnCallTests(Stage stage) : PageTests(stage)
{
    private const string Me = "admin@local";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task What_changes_my_time_on_call_stands_on_every_page_and_each_is_read_by_itself(ColorScheme colours)
    {
        var name = $"ovens-{colours}".ToLowerInvariant();
        var dora = await Stage.Platform.Door.Tokens.Create(
            new CreateToken("dora", ["incidents:read", "incidents:write"]),
            Stop
        );
        using var hers = new FrontDoor(Stage.Platform.Address("web"), dora.Token);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        foreach (var unit in (TurnUnit[])[TurnUnit.Day, TurnUnit.Week])
        {
            RotationMember[] both = [new RotationMember(Me), new RotationMember("dora")];
            var rotation = new RotationLayer("all", today.AddDays(-2), "00:00", unit, both);
            await hers.OnCall.Set(name, new SetSchedule("Etc/UTC", [rotation], $"By the {unit}."), stop: Stop);
        }

        var page = await SignedIn("/catalog", colours);
        var told = page.Locator(".call.notified").Filter(new() { HasText = $"in {name} " });
        await Expect(told).ToHaveCountAsync(2);
        Assert.Empty(await Stage.Violations(page));
        // Both may have been shown in the same moment: either may stand first.
        var newer = told.Filter(new() { HasText = "By the Week." });
        await newer.GetByRole(AriaRole.Button, new() { Name = "I have read it" }).ClickAsync();
        await Expect(told).ToHaveCountAsync(1);
        await Expect(told).ToContainTextAsync("By the Day.");
        await told.GetByRole(AriaRole.Link, new() { Name = "Open on call" }).ClickAsync();
        await page.WaitForURLAsync("**/oncall#oncall-changes");
    }

    [Fact]
    public async Task On_a_phone_the_week_opens_at_now_beside_the_names_and_stays_where_it_was_scrolled_to()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var rotation = new RotationLayer("all", today.AddDays(-9), "00:00", TurnUnit.Week, [new RotationMember(Me)]);
        await Stage.Platform.Door.OnCall.Set("phones", new SetSchedule("Etc/UTC", [rotation], "So"), stop: Stop);
        var page = await SignedIn("/oncall?zone=Etc/UTC");
        await page.SetViewportSizeAsync(390, 844);
        // At the beginning of a week now is in sight without any doing: here it stands where a Friday's does, on each day.
        await page.RouteAsync(
            new Regex(@"/oncall\?"),
            async route =>
            {
                var answer = await route.FetchAsync();
                await route.FulfillAsync(new() { Response = answer, Body = OnFriday(await answer.TextAsync()) });
            }
        );
        await page.ReloadAsync();
        Assert.InRange(
            await page.EvaluateAsync<int>("() => document.querySelector('#oncall-week .scroll').scrollLeft"),
            300,
            2_000
        );
        var window = (await page.Locator("#oncall-week .scroll").BoundingBoxAsync())!;
        var names = (await page.Locator("#oncall-week .names").BoundingBoxAsync())!;
        var now = (await page.Locator("#oncall-week .now").BoundingBoxAsync())!;
        Assert.InRange(now.X, names.X + names.Width - now.Width, window.X + window.Width);
        Assert.InRange(names.X, window.X - 1, window.X + 1);

        // What is drawn anew stays where somebody has scrolled it to.
        await page.EvaluateAsync(
            "() => { const it = document.querySelector('#oncall-week .scroll'); it.scrollLeft = 50; it.firstElementChild.dataset.old = 'yes'; }"
        );
        await Stage.Platform.Door.OnCall.Set("phones-too", new SetSchedule("Etc/UTC", [rotation], "So"), stop: Stop);
        await page.WaitForFunctionAsync("() => !document.querySelector('#oncall-week [data-old]')");
        Assert.Equal(
            50,
            await page.EvaluateAsync<int>("() => document.querySelector('#oncall-week .scroll').scrollLeft")
        );
    }

    private static string OnFriday(string page) =>
        Regex.Replace(
            page,
            "<g class=\"now\"><line x1=\"(?<x>[0-9.]+)\"",
            line =>
                FormattableString.Invariant(
                    $"<g class=\"now\" transform=\"translate({820 - double.Parse(line.Groups["x"].Value, CultureInfo.InvariantCulture)} 0)\"><line x1=\"{line.Groups["x"].Value}\""
                )
        );

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_shift_is_taken_a_swap_is_asked_for_and_answered(ColorScheme colours)
    {
        var (door, name) = (Stage.Platform.Door, $"tills-{colours}".ToLowerInvariant());
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var rotation = new RotationLayer(
            "days",
            today.AddDays(-2),
            "00:00",
            TurnUnit.Day,
            [new RotationMember(Me), new RotationMember("dora"), new RotationMember(null)]
        );
        await door.OnCall.Set(name, new SetSchedule("Etc/UTC", [rotation], "Tills are open."), stop: Stop);
        var page = await SignedIn("/oncall?zone=Etc/UTC", colours);
        await Expect(page.Locator("#oncall-now")).ToContainTextAsync(name);
        await Expect(page.Locator("#oncall-week .gap")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#oncall-gaps")).ToContainTextAsync(name);
        await Expect(page.Locator("#oncall-nights")).ToContainTextAsync("Pages at night");
        Assert.Empty(await Stage.Violations(page));

        await page.GetByText("Ask for a swap", new() { Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        await Choose(page, "Your shift", name);
        await Choose(page, "For which of theirs?", name);
        await page.GetByLabel("Why?").Last.FillAsync("A concert");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        var changes = page.Locator("#oncall-changes li").Filter(new() { HasText = name });
        await Expect(changes).ToContainTextAsync("admin asks dora");

        var dora = await door.Tokens.Create(new CreateToken("dora", ["incidents:read", "incidents:write"]), Stop);
        using var hers = new FrontDoor(Stage.Platform.Address("web"), dora.Token);
        var swap = Assert.Single((await hers.Incidents.Schedule(name, Stop)).Swaps);
        await hers.OnCall.Answer(name, swap.Id, "accept", Stop);
        await Expect(changes).ToHaveCountAsync(2);
        await changes.First.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(changes).ToHaveCountAsync(1);

        await page.GetByText("Take a shift", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("In which schedule?").SelectOptionAsync(name);
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2020-01-01T09:00");
        await page.GetByLabel("Why?").First.FillAsync("I am here anyway");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Why?").First).ToHaveValueAsync("I am here anyway");

        await page.GotoAsync("/oncall?zone=Etc/UTC");
        await page.GetByRole(AriaRole.Link, new() { Name = "Next week" }).ClickAsync();
        Assert.Contains("week=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "This week" }).ClickAsync();
        Assert.EndsWith("/oncall?zone=Etc%2FUTC", page.Url, StringComparison.Ordinal);
    }

    // Of the shifts that are offered, the first of this test's own schedule; there may be only one schedule.
    private static async Task Choose(IPage page, string label, string schedule)
    {
        var field = page.GetByLabel(label);
        var options = await field.Locator("option").AllAsync();
        foreach (var option in options)
        {
            var value = await option.GetAttributeAsync("value");
            if (value!.Contains($"|{schedule}|", StringComparison.Ordinal))
            {
                await field.SelectOptionAsync(value);
                return;
            }
        }

        Assert.Fail($"No shift of {schedule} is offered for '{label}'.");
    }
}
