using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Blackouts against the service as it is shipped.</summary>
public sealed class BlackoutTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly Rung[] Slow = [new(FaultKind.Latency, 50)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Within_a_blackout_no_run_starts_and_no_game_day_is_planned_until_it_is_lifted()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var window = new BlackoutWindow(Wall(now.AddHours(-1)), Wall(now.AddDays(2)), "UTC");
        Assert.Equal(HttpStatusCode.Created, await Declare(window));
        Assert.Equal(HttpStatusCode.OK, await Declare(window));
        Assert.Equal(HttpStatusCode.Conflict, await Declare(window with { Zone = "Nowhere" }));
        var listed = Assert.Single((await Get<BlackoutView[]>("/v1/blackouts?environment=dark"))!);
        Assert.Equal(("freeze", 1, false), (listed.Name, listed.Version, listed.Lifted));
        Assert.True(listed.Begins <= now && listed.Ends > now);
        Assert.Empty((await Get<BlackoutView[]>("/v1/blackouts?environment=bright"))!);

        var refused = await stage.Begin(Design("within"));
        Assert.Equal(RunState.Refused, refused.State);
        Assert.StartsWith(
            "Blackout (dark): The blackout 'freeze' holds until",
            refused.Reason,
            StringComparison.Ordinal
        );
        using var plan = await Plan(now.AddDays(1));
        Assert.Equal(HttpStatusCode.BadRequest, plan.StatusCode);
        Assert.Contains("blackout 'freeze'", await plan.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        using var lifted = await stage.Http.PostAsJsonAsync(
            "/v1/blackouts/dark/freeze/lift",
            new LiftBlackout("Thawed."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        Assert.Empty((await Get<BlackoutView[]>("/v1/blackouts?environment=dark"))!);
        var freeze = (await Get<BlackoutView>("/v1/blackouts/dark/freeze"))!;
        Assert.Equal((true, "Thawed."), (freeze.Lifted, freeze.LiftedBecause));
        using var planned = await Plan(now.AddDays(1));
        Assert.Equal(HttpStatusCode.Created, planned.StatusCode);
        var run = await stage.Begin(Design("after"));
        Assert.True(run.State == RunState.Baselining, run.Reason);
        await stage.Halt(run.Id);
        await stage.UntilEnded(run.Id);
    }

    [Fact]
    public async Task What_is_no_blackout_is_not_kept_and_not_found()
    {
        using var unnamed = await Put("dark", "Not%20A%20Name", new { window = new { } });
        Assert.Equal(HttpStatusCode.BadRequest, unnamed.StatusCode);
        using var missing = await stage.Http.GetAsync("/v1/blackouts/dark/none", Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var none = await stage.Http.PostAsJsonAsync(
            "/v1/blackouts/dark/none/lift",
            new LiftBlackout("Thawed."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var reader = stage.Service.Client("experiments:read", "bo");
        using var denied = await reader.PutAsJsonAsync("/v1/blackouts/dark/x", new { }, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    private static DateTime Wall(DateTime moment) =>
        DateTime.SpecifyKind(moment.Date.AddHours(moment.Hour), DateTimeKind.Unspecified);

    private ExperimentDesign Design(string name) => stage.Design(name, Slow) with { Environment = "dark" };

    private Task<T?> Get<T>(string path) => stage.Http.GetFromJsonAsync<T>(path, Json.Options, Stop);

    private async Task<HttpStatusCode> Declare(BlackoutWindow window)
    {
        using var answer = await Put("dark", "freeze", new DeclareBlackout(window, "The year ends."));
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> Put(string environment, string name, object command) =>
        stage.Http.PutAsJsonAsync($"/v1/blackouts/{environment}/{name}", command, Json.Options, Stop);

    private Task<HttpResponseMessage> Plan(DateTime day) =>
        stage.Http.PostAsJsonAsync(
            "/v1/gamedays",
            new GameDayPlan(
                "dark-day",
                "Dark",
                "dark",
                new GameDayWindow(DateOnly.FromDateTime(day), new TimeOnly(10, 0), new TimeOnly(11, 0), "UTC"),
                [new AgendaItem("Slow", "within", 10)],
                [new("ana", GameDayRole.Commander), new("bo", GameDayRole.Operator)]
            ),
            Json.Options,
            Stop
        );
}
