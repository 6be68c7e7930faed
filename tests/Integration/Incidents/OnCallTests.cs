using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Who is on call, and who was believed to be.</summary>
public sealed class OnCallTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Night = new(2026, 11, 24, 3, 10, 0, TimeSpan.Zero);
    private static readonly SetSchedule Weekly = new(
        "Etc/UTC",
        [new("primary", new DateOnly(2026, 11, 2), "09:00", TurnUnit.Week, [new("ana"), new("bo")])],
        "One week each"
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_believed_stays_answerable_when_it_is_corrected()
    {
        await Set("believed", Weekly);
        var before = TimeProvider.System.GetUtcNow();
        await Override("believed", new OverrideSchedule("cy", Night.AddHours(-1), Night.AddHours(1), "Bo had swapped"));

        Assert.Equal("cy", (await OnCall("believed", $"at={Night:O}")).Person);
        Assert.Equal(
            "bo",
            (await OnCall("believed", $"at={Night:O}&knownAt={Uri.EscapeDataString(before.ToString("O"))}")).Person
        );
        var all = await platform.Get<Page<OnCallView>>($"/v1/on-call?at={Uri.EscapeDataString(Night.ToString("O"))}");
        Assert.Equal("cy", all.Items.Single(one => one.Schedule == "believed").Person);

        var view = await platform.Get<ScheduleView>("/v1/schedules/believed");
        Assert.Empty(view.Overrides);
        Assert.Equal((2, "ana"), (view.Version, view.SetBy));
    }

    [Fact]
    public async Task An_override_is_made_once_and_taken_back_once()
    {
        await Set("once", Weekly);
        var later = TimeProvider.System.GetUtcNow().AddDays(1);
        var command = new OverrideSchedule("cy", later, later.AddHours(2), "Swap");
        await Override("once", command, key: "swap-1");
        await Override("once", command, key: "swap-1");

        var made = Assert.Single((await platform.Get<ScheduleView>("/v1/schedules/once")).Overrides);
        Assert.Equal(("cy", "ana"), (made.Person, made.By));
        foreach (var _ in (int[])[1, 2])
            (await platform.Ana.DeleteAsync($"/v1/schedules/once/overrides/{made.Id}", Stop)).EnsureSuccessStatusCode();

        var view = await platform.Get<ScheduleView>("/v1/schedules/once");
        Assert.Empty(view.Overrides);
        Assert.Equal(3, view.Version);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await Set("kept", Weekly);
        var wrong = Weekly with { Layers = [Weekly.Layers[0] with { Handoff = "9 am" }] };

        var refused = await platform.Ana.PutAsJsonAsync("/v1/schedules/kept", wrong, Json.Options, Stop);
        var backwards = await Post("kept", new OverrideSchedule("cy", Night, Night, "Swap"), null);
        var missing = await Post("nowhere", new OverrideSchedule("cy", Night, Night.AddHours(1), "Swap"), null);
        var endless = await platform.Ana.GetAsync(
            "/v1/schedules/kept/preview?from=2026-01-01T00:00:00Z&to=2029-01-01T00:00:00Z",
            Stop
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("layers[0].handoff", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, backwards.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        Assert.Equal(1, (await platform.Get<ScheduleView>("/v1/schedules/kept")).Version);
    }

    private async Task Set(string name, SetSchedule schedule) =>
        (
            await platform.Ana.PutAsJsonAsync($"/v1/schedules/{name}", schedule, Json.Options, Stop)
        ).EnsureSuccessStatusCode();

    private async Task Override(string name, OverrideSchedule command, string? key = null) =>
        (await Post(name, command, key)).EnsureSuccessStatusCode();

    private async Task<HttpResponseMessage> Post(string name, OverrideSchedule command, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/schedules/{name}/overrides")
        {
            Content = JsonContent.Create(command, options: Json.Options),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await platform.Ana.SendAsync(request, Stop);
    }

    private Task<OnCallView> OnCall(string schedule, string query) =>
        platform.Get<OnCallView>(
            $"/v1/schedules/{schedule}/on-call?{query.Replace("+", "%2B", StringComparison.Ordinal)}"
        );
}
