using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Roles, hand-overs, tasks and updates, over HTTP on the real servers.</summary>
public sealed class WorkTests(ClockStage stage) : IClassFixture<ClockStage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_taken_by_who_confirms_it_and_the_board_shows_who_commands()
    {
        var incident = await Declare("handed-over");
        using var bo = stage.Service.Client("incidents:read incidents:write", "bo");
        await Done(stage.Service.Admin, incident.Id, "acknowledge");
        await Done(stage.Service.Admin, incident.Id, "handovers", new OfferHandover(IncidentRole.Commander, "bo"));
        var offer = Assert.Single((await Response(incident.Id)).Handovers);
        using var hasty = await Post(stage.Service.Admin, incident.Id, $"handovers/{offer.Id}/confirm");
        Assert.Equal("handover-not-yours", await Code(hasty));
        Assert.Equal("ana", (await Get<IncidentView>($"/v1/incidents/{incident.Id}")).Lead);

        await Done(bo, incident.Id, $"handovers/{offer.Id}/confirm");

        var view = await Get<IncidentView>($"/v1/incidents/{incident.Id}");
        Assert.Equal(("bo", IncidentStatus.Acknowledged), (view.Lead, view.Status));
        Assert.Equal(view.Version, (await Response(incident.Id)).Version);
        using var late = await Post(bo, incident.Id, $"handovers/{offer.Id}/decline", new DeclineHandover("Late"));
        Assert.Equal("handover-over", await Code(late));
        await Done(bo, incident.Id, "roles", new StaffRole(IncidentRole.Scribe, "cleo"));
        await Done(bo, incident.Id, "roles/release", new StaffRole(IncidentRole.Scribe, "cleo"));
        await Done(bo, incident.Id, "handovers", new OfferHandover(IncidentRole.Commander, "ana"));
        var back = Assert.Single((await Response(incident.Id)).Handovers);
        await Done(bo, incident.Id, $"handovers/{back.Id}/withdraw");
        Assert.Equal(["bo"], (await Response(incident.Id)).Roles.Select(one => one.Person));
    }

    [Fact]
    public async Task A_key_makes_a_task_and_an_update_once_and_what_is_no_link_is_named()
    {
        var incident = await Declare("worked-on");
        await Keyed("tasks", new AddTask("Call the bank"));
        await Keyed("tasks", new AddTask("Call the bank"));
        await Keyed("updates", new PostUpdate("We know.", UpdateAudience.Internal));
        await Keyed("updates", new PostUpdate("We know.", UpdateAudience.Internal));
        await Done(stage.Service.Admin, incident.Id, "tasks/1/change", new ChangeTask("bo"));
        await Done(stage.Service.Admin, incident.Id, "tasks/1/done", new FinishTask("They know"));

        var response = await Response(incident.Id);
        var task = Assert.Single(response.Tasks);
        Assert.Equal(("bo", "They know", "ana"), (task.Owner, task.Outcome, task.DoneBy));
        Assert.Single(response.Updates);
        using var wrong = await Post(
            stage.Service.Admin,
            incident.Id,
            "tasks",
            new AddTask("x", Link: "javascript:alert(1)")
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var problem = await wrong.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("link", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);

        async Task Keyed(string what, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/incidents/{incident.Id}/{what}");
            request.Headers.Add("Idempotency-Key", $"once-{what}");
            request.Content = JsonContent.Create(body, body.GetType(), options: Json.Options);
            using var answer = await stage.Service.Admin.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    private Task<IncidentResponse> Response(Guid incident) =>
        Get<IncidentResponse>($"/v1/incidents/{incident}/response");

    private async Task<IncidentView> Declare(string service)
    {
        var command = new DeclareIncident(service, Severity.Sev2, $"Nobody can use {service}");
        using var answer = await stage.Service.Admin.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
    }

    private async Task<T> Get<T>(string address) =>
        (await stage.Service.Admin.GetFromJsonAsync<T>(address, Json.Options, Stop))!;

    private static async Task Done(HttpClient who, Guid id, string action, object? body = null)
    {
        using var answer = await Post(who, id, action, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();

    private static Task<HttpResponseMessage> Post(HttpClient who, Guid id, string action, object? body = null) =>
        who.PostAsync(
            $"/v1/incidents/{id}/{action}",
            body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options),
            Stop
        );
}
