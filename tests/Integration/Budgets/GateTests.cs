using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Gates answer from the budgets as they stand, and remember what they said.</summary>
public sealed class GateTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_without_an_objective_may_deploy()
    {
        var (answer, decision) = await Ask("uncovered");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/v1/gates/decisions/{decision.DecisionId}", answer.Headers.Location?.ToString());
        Assert.Equal((GateVerdict.Allow, true, "ana"), (decision.Decision, decision.Ok, decision.By));
        Assert.Equal(["No objective covers this service."], decision.Reasons);
    }

    [Fact]
    public async Task A_page_alert_closes_the_gate_until_it_is_over()
    {
        await budgets.Define("paged", service: "paged");
        await budgets.Count("paged", TimeSpan.FromDays(10), 1_000_000, 0);
        Assert.True((await Ask("paged")).Decision.Ok);

        await budgets.Count("paged", TimeSpan.FromSeconds(20), 1_000, 200);
        var (_, denied) = await Ask("paged");
        Assert.Equal((GateVerdict.Deny, false), (denied.Decision, denied.Ok));
        Assert.Equal(["paged: a page-level burn alert is open. Wait until it closes."], denied.Reasons);
        Assert.Equal(
            new GateInput("paged", 0.999m, 1_001_000, 200, 1_001, true),
            Assert.Single(denied.Inputs) with
            {
                UnadjustedGood = null,
                UnadjustedBad = null,
                Burn1h = null,
                Watermark = null,
                Windows = null,
            }
        );

        budgets.Clock.Advance(TimeSpan.FromHours(7));
        await Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await Ask("paged")).Decision.Ok;
            },
            "Opening the gate"
        );
        var (_, allowed) = await Ask("paged");
        Assert.Equal(["paged: 80.02 % of the budget is left and no page-level burn alert is open."], allowed.Reasons);
    }

    [Fact]
    public async Task An_exhausted_budget_closes_the_gate()
    {
        await budgets.Define("spent", service: "spent");
        await budgets.Count("spent", TimeSpan.FromDays(4), 9_990, 10);
        var (_, decision) = await Ask("spent");
        Assert.Equal(["spent: the budget is exhausted, 10 failures in 30d where 10 are allowed."], decision.Reasons);
        Assert.Equal(0m, decision.Remaining);
    }

    [Fact]
    public async Task An_experiment_may_not_spend_more_than_is_left()
    {
        await budgets.Define("lab", service: "lab");
        await budgets.Count("lab", TimeSpan.FromDays(4), 9_992, 8);
        Assert.False((await Ask("lab", new(GateAction.Experiment, "run-1", "production", 0.25m))).Decision.Ok);
        Assert.True((await Ask("lab", new(GateAction.Experiment, "run-1", "production", 0.2m))).Decision.Ok);
        Assert.True((await Ask("lab", new(GateAction.Deploy, "1.4.2", "production", 0.25m))).Decision.Ok);
    }

    [Fact]
    public async Task A_decision_can_be_read_again_and_a_repeated_question_is_the_same_decision()
    {
        var ask = new AskGate(GateAction.Deploy, "1.4.2", "production");
        var first = await Ask("replay", ask, "key-1");
        var second = await Ask("replay", ask, "key-1");
        Assert.Equal(first.Decision.DecisionId, second.Decision.DecisionId);
        var read = await budgets.Get<GateAnswer>($"/v1/gates/decisions/{first.Decision.DecisionId}");
        Assert.Equal(first.Decision.At, read.Data.At);

        using var other = Question("replay", ask with { Ref = "1.4.3" }, "key-1");
        var refused = await budgets.Ana.SendAsync(other, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("idempotency-key-reused", await BudgetsService.CodeOf(refused));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await budgets.Ana.GetAsync($"/v1/gates/decisions/{Guid.Empty}", Stop)).StatusCode
        );
    }

    [Fact]
    public async Task Decisions_of_a_service_are_listed_newest_first()
    {
        foreach (var release in (string[])["1", "2", "3"])
        {
            await Ask("listed", new AskGate(GateAction.Deploy, release, "production"));
            budgets.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        var page = await budgets.Get<Page<GateDecision>>("/v1/gates/listed/decisions?limit=2");
        var rest = await budgets.Get<Page<GateDecision>>($"/v1/gates/listed/decisions?limit=2&after={page.Next}");
        Assert.Equal(["3", "2"], page.Items.Select(decision => decision.Ref));
        Assert.Equal(["1"], rest.Items.Select(decision => decision.Ref));
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task A_question_without_a_reference_is_malformed()
    {
        using var question = Question("listed", new AskGate(GateAction.Deploy, "", "production", 2), null);
        var answer = await budgets.Ana.SendAsync(question, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed", await BudgetsService.CodeOf(answer));
    }

    private async Task<(HttpResponseMessage Answer, GateDecision Decision)> Ask(
        string service,
        AskGate? ask = null,
        string? key = null
    )
    {
        using var question = Question(service, ask ?? new AskGate(GateAction.Deploy, "1.4.2", "production"), key);
        var answer = await budgets.Ana.SendAsync(question, Stop);
        return (answer, (await answer.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data);
    }

    private static HttpRequestMessage Question(string service, AskGate ask, string? key)
    {
        var content = JsonContent.Create(ask, options: Json.Options);
        var question = new HttpRequestMessage(HttpMethod.Post, $"/v1/gates/{service}/decisions") { Content = content };
        if (key is not null)
            question.Headers.Add("Idempotency-Key", key);
        return question;
    }
}
