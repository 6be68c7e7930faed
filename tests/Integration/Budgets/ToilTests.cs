using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>What operations take of a team's week, and where its tickets go.</summary>
public sealed class ToilTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_on_incidents_counts_once_crosses_the_line_and_sends_tickets_away()
    {
        await Staff("storm-sre", "storm");
        await using var ear = await Ear.On(
            budgets.Bus,
            "budgets.toil-cap-reached",
            "budgets.ticket-routed-to-dev-team"
        );
        var start = Steady.Budgets.Toil.Recording.ToTheMinute(budgets.Now.AddHours(-3));
        var resolved = new IncidentResolved(
            Guid.CreateVersion7(start),
            "storm",
            "Nobody can pay",
            "A bad release",
            start,
            "ana",
            start.AddHours(2),
            [new("ana", start, start.AddMinutes(119)), new("bo", start.AddMinutes(10), start.AddMinutes(40))]
        );
        // Nobody suffered in a drill.
        await budgets.Publish(
            resolved with
            {
                IncidentId = Guid.CreateVersion7(budgets.Now),
                Drill = true,
            },
            Guid.CreateVersion7(budgets.Now)
        );
        // Its own service is nobody's here: the one that was merged into it is.
        await budgets.Publish(
            resolved with
            {
                Service = "of-nobody",
                Services = ["of-nobody", "storm"],
            },
            Guid.CreateVersion7(budgets.Now)
        );
        await budgets.Publish(resolved, Guid.CreateVersion7(budgets.Now));

        var report = await Eventually.Answers(() => Report("storm-sre"), report => report.SpentMinutes > 0);
        Assert.Equal((149, true, 2), (report.SpentMinutes, report.Over, report.Workers));
        var text = await budgets.Ana.GetStringAsync("/v1/toil/teams/storm-sre", Stop);
        Assert.DoesNotContain("ana", text, StringComparison.Ordinal);

        var route = await Route("storm-sre", "OPS-1");
        Assert.Equal("storm-dev", route.To);
        Assert.Equal("storm-dev", (await Route("storm-sre", "OPS-1")).To);
        var heard = await ear.Heard(2);
        Assert.Equal(149, heard[0].GetProperty("spentMinutes").GetInt64());
        Assert.Equal(
            ("OPS-1", "storm-dev"),
            (heard[1].GetProperty("ref").GetString(), heard[1].GetProperty("developerTeam").GetString())
        );
        Assert.Equal(149, (await Report("storm-sre")).SpentMinutes);
    }

    [Fact]
    public async Task An_entry_under_a_key_is_taken_once_also_when_many_send_it()
    {
        await Staff("once-sre", "once");
        var entry = new RecordToil("once-sre", budgets.Now.AddHours(-1), 30, ToilKind.Page);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(entry, "key-1")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(30, (await Report("once-sre")).SpentMinutes);

        Assert.Equal("entry-differs", await BudgetsService.CodeOf(await Send(entry with { Minutes = 31 }, "key-1")));
        var id = (await answers[0].Content.ReadFromJsonAsync<ToilEntry>(Json.Options, Stop))!.Id;
        var withdrawn = await budgets.Ana.DeleteAsync($"/v1/toil/teams/once-sre/entries/{id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await Send(entry, "key-1");
        Assert.Equal(0, (await Report("once-sre")).SpentMinutes);
    }

    [Fact]
    public async Task Who_is_not_known_and_what_makes_no_sense_is_refused()
    {
        var nobody = new RecordToil("nobody", budgets.Now.AddHours(-1), 30, ToilKind.Page);
        Assert.Equal("team-unknown", await BudgetsService.CodeOf(await Send(nobody, "key-2")));
        await Staff("sense-sre", "sense");
        Assert.Equal("malformed", await BudgetsService.CodeOf(await Send(nobody with { Minutes = 0 }, "key-3")));
        foreach (var (address, code) in new[] { ("sense-sre?week=now", "week-unknown"), ("nobody", "team-unknown") })
            Assert.Equal(
                code,
                await BudgetsService.CodeOf(await budgets.Ana.GetAsync($"/v1/toil/teams/{address}", Stop))
            );
        Assert.Equal(0, (await budgets.Get<ToilReport>("/v1/toil/teams/sense-sre?week=2020-W53")).SpentMinutes);
    }

    private async Task Staff(string team, string service)
    {
        var staffing = new StaffTeam(1, 4, team.Replace("sre", "dev", StringComparison.Ordinal), [service]);
        var answer = await budgets.Ana.PutAsJsonAsync($"/v1/toil/teams/{team}", staffing, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    // The work of a few hours ago may lie in the week before: on a Monday morning that is the week to look at.
    private Task<ToilReport> Report(string team)
    {
        var hours = budgets.Now.AddHours(-3);
        var week =
            $"{System.Globalization.ISOWeek.GetYear(hours.DateTime):D4}-W{System.Globalization.ISOWeek.GetWeekOfYear(hours.DateTime):D2}";
        return budgets.Get<ToilReport>($"/v1/toil/teams/{team}?week={week}");
    }

    private async Task<TicketRoute> Route(string team, string name)
    {
        var answer = await budgets.Ana.PostAsJsonAsync(
            "/v1/toil/tickets",
            new RouteTicket(team, name),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<TicketRoute>(Json.Options, Stop))!;
    }

    private Task<HttpResponseMessage> Send(RecordToil entry, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/toil/entries")
        {
            Content = JsonContent.Create(entry, options: Json.Options),
        };
        request.Headers.Add("Idempotency-Key", key);
        return budgets.Ana.SendAsync(request, Stop);
    }
}
