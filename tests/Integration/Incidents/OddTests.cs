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

    // The alert cannot be read: the other one, whose silence is over as well, is told, and so is what comes after.
    [Fact]
    public async Task What_is_sick_does_not_keep_the_others_silent()
    {
        foreach (var about in (string[])["sick", "well", "later"])
        {
            await Write(
                "silences",
                new SetSilence([$"service={about}"], clock.GetUtcNow().AddHours(about == "later" ? 3 : 1), "Works")
            );
            await Fire(about);
        }

        await Sql(
            """
            update incidents.mt_doc_alert set data = jsonb_set(data, '{fired,severity}', '"none of ours"')
            where data ->> 'service' = 'sick'
            """
        );
        foreach (var about in (string[])["well", "later"])
        {
            clock.Move(TimeSpan.FromHours(2));
            await Eventually.Holds(
                async () => (await Get<Page<IncidentView>>($"incidents?service={about}")).Items.Count == 1,
                $"The alert of {about} is told"
            );
        }

        Assert.Empty((await Get<Page<IncidentView>>("incidents?service=sick")).Items);
        Assert.Equal(HttpStatusCode.OK, (await Ana.GetAsync("/alive", Stop)).StatusCode);
    }

    [Fact]
    public async Task Follow_ups_are_read_page_by_page_while_another_one_is_added()
    {
        await Declare("checkout");
        var incident = (await Get<IncidentView>("incidents/INC-1")).Id;
        await Write($"incidents/{incident}/postmortem", null);
        await Open("c", 3);
        await Open("a", 1);
        await Open("e", null);
        await Open("b", 2);
        await Open("d", 4);
        // What is due before what was shown is not on later pages; nothing that was there is lost by it, or comes twice.
        Assert.Equal(
            ["a", "b", "c", "d", "e"],
            await Read<FollowUpView>("follow-ups", one => one.Text, () => Open("0", 0))
        );
        Assert.Equal(
            ["0", "a", "b", "c", "d", "d2", "e"],
            await Read<FollowUpView>("follow-ups", one => one.Text, () => Open("d2", 5))
        );

        Task Open(string text, int? days) =>
            Write(
                $"incidents/{incident}/postmortem/action-items",
                new OpenActionItem(text, "ana", days is { } due ? new DateOnly(2031, 1, 1).AddDays(due) : null)
            );
    }

    [Fact]
    public async Task Postmortems_are_read_page_by_page_while_another_one_is_begun()
    {
        for (var i = 0; i < 5; i++)
            await Owed();
        string[] all = ["INC-1", "INC-2", "INC-3", "INC-4", "INC-5"];
        Assert.Equal(all.Append("INC-6"), await Read<PostmortemRow>("postmortems", Name, Owed));
        Assert.Equal(all.Append("INC-6").Append("INC-7"), await Read<PostmortemRow>("postmortems", Name, Owed));

        static string Name(PostmortemRow row) => $"INC-{row.Number}";

        async Task Owed()
        {
            // Each is due after the one before.
            clock.Move(TimeSpan.FromMinutes(1));
            await Declare("checkout");
            var incident = (await Get<Page<IncidentView>>("incidents?limit=1")).Items[0];
            await Write($"incidents/{incident.Id}/resolve", new ResolveIncident("A bigger disk"));
        }
    }

    // All pages of two; something is added while one looks at the first.
    private async Task<IReadOnlyList<string>> Read<T>(string path, Func<T, string> name, Func<Task> meanwhile)
    {
        var first = await Get<Page<T>>($"{path}?limit=2");
        var (found, after) = (first.Items.Select(name).ToList(), first.Next);
        await meanwhile();
        while (after is not null)
        {
            var page = await Get<Page<T>>($"{path}?limit=2&after={after}");
            Assert.InRange(page.Items.Count, 1, 2);
            found.AddRange(page.Items.Select(name));
            after = page.Next;
        }

        return found;
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
