using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Every failure is put down to a deployment, an incident, a run, a team or the background, and all add up.</summary>
public sealed class SpendTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_spent_adds_up_by_cause_by_team_and_by_minute()
    {
        await budgets.Define("spent", service: "spent");
        var start = BudgetsService.Aligned(budgets.Now.AddHours(-3));
        await Put("services/spent/team", new NameTeam("shop"));
        await Put("services/spent-ledger/team", new NameTeam("payments"));
        await Put("services/spent/attribution", new TuneAttribution(BackgroundRate: 0.001m, DeployMinutes: 30));
        await Deploy(new("spent-ledger", "1.4.2", "production", start.AddMinutes(10), ["spent"]));
        await Deploy(new("spent", "7", "staging", start.AddMinutes(5)));
        await Post(
            "services/spent/claims",
            new ClaimPeriod("databases", start.AddMinutes(60), start.AddMinutes(70), "Move of the primary")
        );
        await Resolved("spent", "Disk full", start.AddMinutes(35), start.AddMinutes(50));

        await Count(start, 5, 990, 10); // before everything
        await Count(start, 15, 980, 20); // the deployment
        await Count(start, 36, 970, 30); // the incident, before the deployment
        await Count(start, 65, 960, 40); // the claim

        var report = await Spend("spent", start, "cause");
        Assert.Equal((3_900L, 100L, 0L), (report.Good, report.Bad, report.ExcludedBad));
        Assert.Equal(
            [
                (CauseKind.Team, "databases: Move of the primary", "databases", 39L),
                (CauseKind.Incident, "Disk full", "shop", 29L),
                (CauseKind.Deploy, "spent-ledger 1.4.2", "payments", 19L),
                (CauseKind.Unattributed, "Unattributed", null, 9L),
                (CauseKind.Background, "Background", null, 4L),
            ],
            report.Parts.Select(part => (part.Kind, part.Label, part.Team, part.Bad))
        );
        Assert.Equal(
            [("databases", 39L), ("shop", 29L), ("payments", 19L), ("Unattributed", 9L), ("Background", 4L)],
            (await Spend("spent", start, "team")).Parts.Select(part => (part.Label, part.Bad))
        );
        var minutes = (await Spend("spent", start, "minute")).Parts;
        Assert.Equal(100, minutes.Sum(part => part.Bad));
        Assert.Equal(
            [10L, 20L, 30L, 40L],
            minutes.GroupBy(part => part.Minute).Select(one => one.Sum(part => part.Bad))
        );
        Assert.Equal(minutes.Select(part => part.Minute).Order(), minutes.Select(part => part.Minute));

        Task Count(DateTimeOffset from, int minute, long good, long bad) =>
            budgets.Count("spent", budgets.Now - from.AddMinutes(minute), good, bad);
    }

    [Fact]
    public async Task A_stretch_that_is_none_is_refused_and_an_unknown_budget_is_missing()
    {
        await budgets.Define("refused", service: "refused");
        foreach (
            var query in (string[])
                [
                    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                    "from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z",
                    "from=2026-01-01T00:00:00Z&to=2026-01-09T00:00:00Z&by=minute",
                ]
        )
            Assert.Equal(
                "period-invalid",
                await BudgetsService.CodeOf(await budgets.Ana.GetAsync($"/v1/budgets/refused/spend?{query}", Stop))
            );
        var odd = await budgets.Ana.GetAsync("/v1/budgets/refused/spend?by=person", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await budgets.Ana.GetAsync("/v1/budgets/none/spend", Stop)).StatusCode);
    }

    [Fact]
    public async Task Deployments_are_told_by_pipelines_once_and_listed_newest_first()
    {
        using var pipeline = budgets.Service.Client("gate:ask", "cd");
        var first = new RecordDeploy("told", "1", "production", budgets.Now.AddMinutes(-2));
        using var once = Telling(first, "k");
        var answer = await pipeline.SendAsync(once, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var again = Telling(first, "k");
        Assert.Equal(
            (await answer.Content.ReadFromJsonAsync<DeployView>(Json.Options, Stop))!.Id,
            (
                await (await pipeline.SendAsync(again, Stop)).Content.ReadFromJsonAsync<DeployView>(Json.Options, Stop)
            )!.Id
        );
        await Deploy(first with { Ref = "2", At = null, Affects = ["felt"] });
        await Deploy(first with { Ref = "0", At = budgets.Now.AddMinutes(-3), Rollback = true });
        var page = await budgets.Get<Page<DeployView>>("/v1/deploys?service=told&limit=2");
        var rest = await budgets.Get<Page<DeployView>>($"/v1/deploys?service=told&limit=2&after={page.Next}");
        Assert.Equal(["2", "1", "0"], page.Items.Concat(rest.Items).Select(deploy => deploy.Ref));
        Assert.Equal("2", Assert.Single((await budgets.Get<Page<DeployView>>("/v1/deploys?service=felt")).Items).Ref);

        using var future = Telling(first with { At = budgets.Now.AddHours(1) }, null);
        Assert.Equal("in-the-future", await BudgetsService.CodeOf(await pipeline.SendAsync(future, Stop)));
        using var empty = Telling(first with { Service = "" }, null);
        Assert.Equal(HttpStatusCode.BadRequest, (await pipeline.SendAsync(empty, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_service_is_described_and_what_is_no_order_is_refused()
    {
        Assert.Equal(new TuneAttribution().DeployMinutes, (await Service("described")).Attribution.DeployMinutes);
        await Put("services/described/team", new NameTeam("shop"));
        await Put("services/described/attribution", new TuneAttribution(0.01m, 15, "live"));
        var view = await Service("described");
        Assert.Equal(
            ("shop", 0.01m, 15, "live"),
            (view.Team, view.Attribution.BackgroundRate, view.Attribution.DeployMinutes, view.Attribution.Environments)
        );
        var odd = await budgets.Ana.PutAsJsonAsync(
            "/v1/services/described/attribution",
            new TuneAttribution(Order: [CauseKind.Run]),
            Json.Options,
            Stop
        );
        Assert.Equal("order-invalid", await BudgetsService.CodeOf(odd));
    }

    [Fact]
    public async Task A_policy_sees_the_largest_incident_and_class_of_a_window()
    {
        await budgets.Define("classed", service: "classed");
        var start = BudgetsService.Aligned(budgets.Now.AddDays(-2));
        await budgets.Count("classed", budgets.Now - start.AddHours(-1), 98_900, 0);
        await budgets.Count("classed", budgets.Now - start, 0, 30);
        await budgets.Count("classed", budgets.Now - start.AddHours(2), 1_000, 15);
        await Resolved("classed", "Disk full", start, start.AddMinutes(5));
        await Deploy(new("classed", "1", "production", start.AddHours(2), Class: "config"));
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/gates/policies/classed")
        {
            Content = BudgetsService.Yaml(
                """
                apiVersion: steady.dev/v1
                kind: GatePolicy
                metadata: { name: classed }
                spec:
                  services: [classed]
                  rules:
                    - { name: postmortem, when: { incidentAbove: { share: 0.2, within: 28d } }, then: warn, reason: A postmortem is required. }
                    - { name: plan, when: { classAbove: { share: 0.35, within: 90d } }, then: deny }
                """
            ),
        };
        Assert.Equal(HttpStatusCode.OK, (await budgets.Ana.SendAsync(put, Stop)).StatusCode);
        var decision = await Eventually.Answers(() => Ask("classed"), said => said.Decision == GateVerdict.Warn);
        Assert.Equal(
            [
                "classed: the incident \"Disk full\" alone spent 30.02 % of the budget of 28d, more than 20 %. A postmortem is required.",
            ],
            decision.Reasons
        );
        Assert.True(decision.Ok);
    }

    private async Task<GateDecision> Ask(string service)
    {
        var ask = new AskGate(GateAction.Deploy, "1.4.2", "production");
        var answer = await budgets.Ana.PostAsJsonAsync($"/v1/gates/{service}/decisions", ask, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data;
    }

    private Task<ServiceView> Service(string service) => budgets.Get<ServiceView>($"/v1/services/{service}");

    private async Task Resolved(string service, string title, DateTimeOffset from, DateTimeOffset to)
    {
        var id = Guid.CreateVersion7(from);
        await budgets.Publish(new IncidentResolved(id, service, title, "Done", from, "bo", to), id);
        await Eventually.Holds(Known, "Putting the incident's spend down");

        async Task<bool> Known()
        {
            await using var session = budgets
                .Service.Services.GetRequiredService<Marten.IDocumentStore>()
                .QuerySession();
            return await session.LoadAsync<Steady.Budgets.Burn.Budget>(
                Steady.Budgets.Burn.Budget.IdOf(Steady.Budgets.Objectives.Objective.IdOf(service)),
                Stop
            )
                is { Causes.Count: > 0 };
        }
    }

    private Task<SpendReport> Spend(string objective, DateTimeOffset from, string by) =>
        budgets.Get<SpendReport>($"/v1/budgets/{objective}/spend?from={from.UtcDateTime:O}&by={by}");

    private Task Deploy(RecordDeploy command) => Post("deploys", command);

    private async Task Post<T>(string path, T body)
    {
        var answer = await budgets.Ana.PostAsJsonAsync($"/v1/{path}", body, Json.Options, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task Put<T>(string path, T body)
    {
        var answer = await budgets.Ana.PutAsJsonAsync($"/v1/{path}", body, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static HttpRequestMessage Telling(RecordDeploy command, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/deploys")
        {
            Content = JsonContent.Create(command, options: Json.Options),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }
}
