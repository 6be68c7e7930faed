using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What is said twice, what comes in pages, and what is sick.</summary>
public sealed class OddTests : PagingStage
{
    [Fact]
    public async Task What_is_escalated_with_a_key_is_escalated_once_and_the_key_is_for_one_wish()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Contact("bo", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}bo", Secret));
        await Contact("cy", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}cy", Secret));
        await Policy(
            "pay",
            "checkout",
            Step(60, new(Contact: "ana")),
            Step(60, new(Contact: "bo")),
            Step(60, new(Contact: "cy"))
        );
        await Declared("checkout");
        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "The first is paged");
        var id = (await Get<IncidentView>("incidents/INC-1")).Id;
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal(HttpStatusCode.NoContent, await Escalate(id, "I need help", "key-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Escalate(id, "I need more help", "key-1"));
        await Eventually.Holds(() => receiver.At("/bo").Count == 1, "The second is paged");
        Assert.Equal(HttpStatusCode.NoContent, await Escalate(id, "I need more help", "key-2"));
        await Eventually.Holds(() => receiver.At("/cy").Count == 1, "The third is paged");
        Assert.Single(receiver.At("/bo"));
    }

    [Fact]
    public async Task Schedules_are_read_page_by_page()
    {
        foreach (var name in (string[])["c", "a", "b"])
            await Put($"schedules/{name}", OneOf("ana"));
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await Get<Page<ScheduleView>>($"schedules?limit=2{(after is null ? "" : $"&after={after}")}");
            names.AddRange(page.Items.Select(one => one.Name));
            after = page.Next;
        } while (after is not null);
        Assert.Equal(["a", "b", "c"], names);
        Assert.Equal(["a", "b"], (await Get<Page<OnCallView>>("on-call?limit=2")).Items.Select(one => one.Schedule));
        using var wrong = await Ana.GetAsync("/v1/follow-ups?after=!", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    // At 0 it fires and is sent twice; at 5 min another event about it; at 10 min it is over, and the first comes again.
    [Fact]
    public async Task An_event_that_does_not_say_when_its_alert_began_is_one_alert_however_often_it_comes()
    {
        await Event("1", over: false);
        await Event("1", over: false);
        clock.Move(TimeSpan.FromMinutes(5));
        await Event("2", over: false);
        Assert.Equal(AlertStatus.Firing, Assert.Single((await Get<Page<AlertView>>("alerts")).Items).Status);
        clock.Move(TimeSpan.FromMinutes(5));
        await Event("3", over: true);
        await Event("1", over: false);
        Assert.Equal(AlertStatus.Resolved, Assert.Single((await Get<Page<AlertView>>("alerts")).Items).Status);
        await Event("4", over: false);
        Assert.Equal(2, (await Get<Page<AlertView>>("alerts")).Items.Count);
    }

    // The stream of an incident cannot be read: what is due of it is said in the log and tried again, and the others are reminded of.
    [Fact]
    public async Task What_is_sick_does_not_keep_the_others_from_being_reminded_of()
    {
        await Declare("sick");
        await Declare("well");
        foreach (var incident in (await Get<Page<IncidentView>>("incidents")).Items)
            await Write($"incidents/{incident.Id}/tasks", new AddTask("Ask", "ana", clock.GetUtcNow().AddHours(1)));
        var sick = Assert.Single((await Get<Page<IncidentView>>("incidents?service=sick")).Items);
        await Sql(
            $"update incidents.mt_events set data = '{{\"severity\":\"none of ours\"}}' where stream_id = '{sick.Id}' and version = 1"
        );
        clock.Move(TimeSpan.FromHours(2));
        await TextsOnce(
            $"INC-{(await Get<Page<IncidentView>>("incidents?service=well")).Items[0].Number}",
            "Task 1 of ana is overdue"
        );
        Assert.Equal(HttpStatusCode.OK, (await Ana.GetAsync("/alive", Stop)).StatusCode);
    }

    private async Task Sql(string sql)
    {
        await using var command = service!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<HttpStatusCode> Escalate(Guid incident, string reason, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/incidents/{incident}/escalate");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(new EscalateIncident(reason), options: Json.Options);
        using var answer = await Ana.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private async Task Event(string id, bool over)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/intake/prod/cloudevents");
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", id);
        request.Headers.Add("ce-source", "/monitor");
        request.Headers.Add("ce-type", "alert");
        request.Content = JsonContent.Create(
            new
            {
                alert = new
                {
                    status = over ? "resolved" : "firing",
                    labels = new { alertname = "Slow", service = "search" },
                    // As Alertmanager says that it is not over.
                    endsAt = over ? clock.GetUtcNow() : default,
                },
            }
        );
        using var answer = await Ana.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
