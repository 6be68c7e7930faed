using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Swaps and calendars over HTTP.</summary>
public sealed class SwapTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Monday = new(2099, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly SetSchedule Weekly = new(
        "Etc/UTC",
        [
            new("primary", new DateOnly(2098, 12, 29), "09:00", TurnUnit.Week, [new("bo"), new("ana")]),
            new("learning", new DateOnly(2098, 12, 29), "09:00", TurnUnit.Week, [new("new")], Shadow: true),
        ],
        "One week each"
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_swap_counts_when_the_other_has_said_yes_and_not_before()
    {
        await Set("swapped");
        using var bo = platform.Service.Client("incidents:write", actor: "bo");
        var wish = new ProposeSwap(
            "bo",
            new(Monday, Monday.AddDays(1)),
            new(Monday.AddDays(7), Monday.AddDays(8)),
            "Concert"
        );

        Assert.Equal(HttpStatusCode.NoContent, (await Post(platform.Ana, "swapped", "swaps", wish)).StatusCode);
        var swap = Assert.Single((await platform.Get<ScheduleView>("/v1/schedules/swapped")).Swaps);
        Assert.Equal("ana", (await OnCall("swapped", Monday)).Person);
        var own = await Post(platform.Ana, "swapped", $"swaps/{swap.Id}/accept", null);
        Assert.Equal("swap-not-yours", await Code(own));
        Assert.Equal(HttpStatusCode.NoContent, (await Post(bo, "swapped", $"swaps/{swap.Id}/accept", null)).StatusCode);

        Assert.Equal("bo", (await OnCall("swapped", Monday)).Person);
        Assert.Equal("ana", (await OnCall("swapped", Monday.AddDays(7))).Person);
        Assert.Equal(["new"], (await OnCall("swapped", Monday)).Shadows);
        Assert.Empty((await platform.Get<ScheduleView>("/v1/schedules/swapped")).Swaps);
        await Eventually.Holds(
            async () =>
                (await platform.Timeline("schedule=swapped")).Items.Any(entry =>
                    entry is { Kind: "swap-accepted", Actor: "bo", Text: "bo accepted a swap in swapped." }
                ),
            "The swap on the timeline of the schedule"
        );
    }

    [Fact]
    public async Task A_swap_that_was_declined_or_withdrawn_changes_nothing()
    {
        await Set("kept");
        using var bo = platform.Service.Client("incidents:write", actor: "bo");
        var wish = new ProposeSwap(
            "bo",
            new(Monday, Monday.AddDays(1)),
            new(Monday.AddDays(7), Monday.AddDays(8)),
            "Concert"
        );
        foreach (var (who, answer) in new[] { (bo, "decline"), (platform.Ana, "withdraw") })
        {
            await Post(platform.Ana, "kept", "swaps", wish);
            var swap = Assert.Single((await platform.Get<ScheduleView>("/v1/schedules/kept")).Swaps);
            Assert.Equal(
                HttpStatusCode.NoContent,
                (await Post(who, "kept", $"swaps/{swap.Id}/{answer}", null)).StatusCode
            );
            Assert.Equal("swap-closed", await Code(await Post(bo, "kept", $"swaps/{swap.Id}/accept", null)));
        }

        Assert.Equal("ana", (await OnCall("kept", Monday)).Person);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(bo, "nowhere", "swaps", wish)).StatusCode);
    }

    [Fact]
    public async Task A_calendar_is_read_by_its_link_alone_until_that_is_revoked()
    {
        await Set("shown");
        var made = await platform.Ana.PostAsJsonAsync(
            "/v1/calendar-links",
            new CreateCalendarLink("shown"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var link = (await made.Content.ReadFromJsonAsync<NewCalendarLink>(Json.Options, Stop))!;
        using var nobody = platform.Service.Client("");

        var answer = await nobody.GetAsync(link.Path, Stop);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "BEGIN:VCALENDAR\r\n",
            await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Contains(
            (await platform.Get<Page<CalendarLinkView>>("/v1/calendar-links")).Items,
            one => one.Id == link.Id && one.Schedule == "shown"
        );
        (await platform.Ana.DeleteAsync($"/v1/calendar-links/{link.Id}", Stop)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(link.Path, Stop)).StatusCode);
        var both = await platform.Ana.PostAsJsonAsync(
            "/v1/calendar-links",
            new CreateCalendarLink("shown", "ana"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
    }

    private async Task Set(string name)
    {
        var set = await platform.Ana.PutAsJsonAsync($"/v1/schedules/{name}", Weekly, Json.Options, Stop);
        var told = await set.Content.ReadFromJsonAsync<ScheduleChanges>(Json.Options, Stop);
        Assert.Equal((name, 1), (told!.Schedule, told.Version));
    }

    private Task<HttpResponseMessage> Post(HttpClient who, string schedule, string path, object? body) =>
        who.PostAsync(
            $"/v1/schedules/{schedule}/{path}",
            body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options),
            Stop
        );

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))?["code"]?.GetValue<string>();

    private Task<OnCallView> OnCall(string schedule, DateTimeOffset at) =>
        platform.Get<OnCallView>($"/v1/schedules/{schedule}/on-call?at={at:yyyy-MM-ddTHH:mm:ssZ}");
}
