using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>A game day against the service as it is shipped, with real runs.</summary>
public sealed class GameDayTests(Stage stage) : IClassFixture<Stage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_game_day_goes_from_plan_to_report_and_is_heard_over_the_broker()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<object>();
        var bus = stage.Service.Services.GetRequiredService<IBus>();
        await using var queue = await Listen(bus, heard);
        var design = stage.Design("gd-slow", new Rung(FaultKind.Latency, 50));
        await stage.Frozen(design);
        await Says("ana", "", Plan(design.Name), HttpStatusCode.Created);

        await Says("cleo", "/runs", new StartFromAgenda(design.Name), "gameday-not-ready");
        await Says("ana", "/approval/request", new RequestApproval(4));
        await Says("ana", "/approval", new AnswerApproval(true), "approval-not-yours");
        await Says("gwen", "/approval", new AnswerApproval(true, "Go ahead."));
        await Says("ana", "/announcements", new SendAnnouncement("ops", "Checkout may be slow.", ["hana"]));
        await Says("ivo", "/announcements/1/acknowledge", null, "announcement-not-yours");
        await Says("hana", "/announcements/1/acknowledge", null);
        await Says("bo", "/votes", new CastVote(true));
        await Says("cleo", "/votes", new CastVote(false, "Too busy."));
        await Says("cleo", "/runs", new StartFromAgenda(design.Name), "gameday-not-ready");
        await Says("cleo", "/votes", new CastVote(true));
        await Says("bo", "/notes", new TakeNote("Seen."), "gameday-role-missing");
        await Says("dana", "/notes", new TakeNote("Nobody noticed anything."));
        Assert.True((await Day()).Ready);

        await Says("cleo", "/runs", new StartFromAgenda(design.Name), HttpStatusCode.Created);
        await Says("bo", "/conclude", new ConcludeGameDay("Early."), "gameday-run-active");
        var called = Assert.Single((await Day()).Runs);
        Assert.Equal((Verdict.Held, "cleo"), ((await stage.UntilEnded(called.RunId)).Verdict, called.By));
        await Says("bo", "/conclude", new ConcludeGameDay("It holds 50 ms."));
        await Says("bo", "/votes", new CastVote(true), "gameday-over");

        await AreFoldedToAMoment(called);
        var report = await stage.Http.GetStringAsync("/v1/gamedays/gd/report?format=markdown", Stop);
        foreach (var part in new[] { "It holds 50 ms.", "Nobody noticed anything.", "Held up to 50 ms of latency." })
            Assert.Contains(part, report, StringComparison.Ordinal);
        using var html = await stage.Http.GetAsync("/v1/gamedays/gd/report?format=html", Stop);
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        await Eventually.Holds(
            () =>
                Task.FromResult(
                    heard.OfType<GameDayConcluded>().Any()
                        && heard.OfType<AgendaRunCalled>().Any()
                        && heard.OfType<AnnouncementSent>().Any()
                        && heard.OfType<ApprovalChanged>().Count() == 2
                ),
            "All of it was announced",
            TimeSpan.FromSeconds(20)
        );
        Assert.Equal(called.RunId, heard.OfType<AgendaRunCalled>().Single().RunId);
        Assert.Equal(["hana"], heard.OfType<AnnouncementSent>().Single().AcknowledgeBy);
        // A queue is read by several hands, so their order here says nothing.
        Assert.Equal(
            [ApprovalState.Requested, ApprovalState.Granted],
            heard.OfType<ApprovalChanged>().Select(changed => changed.State).Order()
        );
    }

    // What is written down is the moment of the decision; what is stored follows it.
    private async Task AreFoldedToAMoment(GameDayRun called)
    {
        var day = await Then<GameDayView>("/v1/gamedays/gd", called.At.AddMilliseconds(-1));
        Assert.Equal((0, null), (day.Runs.Count, day.Summary));
        Assert.Contains(day.Votes, vote => vote is { Person: "bo", Go: true });
        var ended = (
            await stage.Http.GetFromJsonAsync<RunView>($"/v1/runs/{called.RunId}", Json.Options, Stop)
        )!.EndedAt!;
        var run = await Then<RunView>($"/v1/runs/{called.RunId}", ended.Value.AddMilliseconds(-1));
        Assert.Equal((null, null), (run.EndedAt, run.Verdict));
        Assert.Single(run.Rungs);
        using var before = await stage.Http.GetAsync($"/v1/gamedays/gd?knownAt=2020-01-01T00:00:00Z", Stop);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        async Task<T> Then<T>(string path, DateTimeOffset moment) =>
            (await stage.Http.GetFromJsonAsync<T>($"{path}?knownAt={moment.UtcDateTime:O}", Json.Options, Stop))!;
    }

    [Fact]
    public async Task A_repeated_start_is_one_run()
    {
        var design = stage.Design("gd-twice", new Rung(FaultKind.Latency, 50)) with { Environment = "sandbox" };
        await stage.Frozen(design);
        var plan = Plan(design.Name) with { Name = "gd-twice", Environment = "sandbox" };
        await Says("ana", "", plan, HttpStatusCode.Created, "gd-twice");
        foreach (var person in new[] { "bo", "cleo" })
            await Says(person, "/votes", new CastVote(true), HttpStatusCode.NoContent, "gd-twice");
        stage.BudgetLeft = false;
        for (var i = 0; i < 2; i++)
        {
            using var cleo = stage.Service.Client("admin", "cleo");
            cleo.DefaultRequestHeaders.Add("Idempotency-Key", "once");
            using var answer = await cleo.PostAsJsonAsync(
                "/v1/gamedays/gd-twice/runs",
                new StartFromAgenda(design.Name),
                Json.Options,
                Stop
            );
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var run = (await answer.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
            // The gates are asked as ever: a game day opens none.
            Assert.Equal(RunState.Refused, run.State);
        }

        stage.BudgetLeft = true;
        Assert.Single((await Day("gd-twice")).Runs);
    }

    [Fact]
    public async Task A_new_game_day_does_not_take_the_name_of_another_and_a_stale_change_voids_nothing()
    {
        var design = stage.Design("gd-taken", new Rung(FaultKind.Latency, 50)) with { Environment = "sandbox" };
        await stage.Frozen(design);
        var plan = Plan(design.Name) with { Name = "gd-taken", Environment = "sandbox" };
        Assert.Equal(HttpStatusCode.Created, await PlanOn(0, plan));
        await Says("bo", "/votes", new CastVote(true), HttpStatusCode.NoContent, "gd-taken");

        Assert.Equal(HttpStatusCode.PreconditionFailed, await PlanOn(0, plan with { Title = "Mine" }));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PlanOn(1, plan with { Title = "Old" }));
        var kept = await Day("gd-taken");
        Assert.Equal((plan.Title, 1), (kept.Plan.Title, kept.Votes.Count));

        Assert.Equal(HttpStatusCode.OK, await PlanOn(kept.Version, plan with { Title = "Read" }));
        Assert.Empty((await Day("gd-taken")).Votes);
    }

    private async Task<HttpStatusCode> PlanOn(long version, GameDayPlan plan)
    {
        using var ana = stage.Service.Client("admin", "ana");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/gamedays")
        {
            Content = JsonContent.Create(plan, options: Json.Options),
        };
        request.Headers.IfMatch.Add(new($"\"{version}\""));
        using var answer = await ana.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static GameDayPlan Plan(string experiment)
    {
        // All day and night, so that the clock on the wall does not matter.
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new(
            "gd",
            "A slow ledger",
            "staging",
            new GameDayWindow(today, new TimeOnly(0, 0), new TimeOnly(0, 0), "UTC"),
            [new AgendaItem("Briefing"), new AgendaItem("A slow ledger", experiment)],
            [new("bo", GameDayRole.Commander), new("cleo", GameDayRole.Operator), new("dana", GameDayRole.Scribe)]
        );
    }

    private async Task<GameDayView> Day(string name = "gd") =>
        (await stage.Http.GetFromJsonAsync<GameDayView>($"/v1/gamedays/{name}", Json.Options, Stop))!;

    private async Task Says(string who, string path, object? body, string refusal)
    {
        using var answer = await Send(who, path, body, "gd");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(refusal, problem.GetProperty("code").GetString());
    }

    private async Task Says(
        string who,
        string path,
        object? body,
        HttpStatusCode status = HttpStatusCode.NoContent,
        string day = "gd"
    )
    {
        using var answer = await Send(who, path, body, day);
        Assert.True(answer.StatusCode == status, $"{path}: {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    private async Task<HttpResponseMessage> Send(string who, string path, object? body, string day)
    {
        using var client = stage.Service.Client("admin", who);
        var address = path is "" ? "/v1/gamedays" : $"/v1/gamedays/{day}{path}";
        return body is null
            ? await client.PostAsync(address, null, Stop)
            : await client.PostAsync(address, JsonContent.Create(body, body.GetType(), options: Json.Options), Stop);
    }

    private static async Task<IAsyncDisposable> Listen(
        IBus bus,
        System.Collections.Concurrent.ConcurrentQueue<object> heard
    )
    {
        var handle = ((IReceiveConnector)bus).ConnectReceiveEndpoint(
            "gameday-ear",
            endpoint =>
            {
                Hear<AnnouncementSent>(endpoint);
                Hear<ApprovalChanged>(endpoint);
                Hear<AgendaRunCalled>(endpoint);
                Hear<GameDayConcluded>(endpoint);
            }
        );
        await handle.Ready;
        return new Ear(handle);

        void Hear<T>(IReceiveEndpointConfigurator endpoint)
            where T : class =>
            endpoint.Handler<T>(context =>
            {
                heard.Enqueue(context.Message);
                return Task.CompletedTask;
            });
    }

    private sealed class Ear(HostReceiveEndpointHandle handle) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await handle.StopAsync(CancellationToken.None);
    }
}
