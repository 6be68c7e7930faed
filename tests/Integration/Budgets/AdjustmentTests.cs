using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Past periods are left out by two persons, up to a cap, and come back; the unadjusted figures never go away.</summary>
public sealed class AdjustmentTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Minute =>
        new(budgets.Now.Ticks - budgets.Now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    [Fact]
    public async Task An_approved_period_drops_good_and_bad_and_a_revoked_one_brings_them_back()
    {
        await budgets.Define("adjusted", service: "adjusted");
        await budgets.Count("adjusted", TimeSpan.FromDays(4), 9_000, 2);
        await budgets.Count("adjusted", TimeSpan.FromDays(3), 990, 8);
        Assert.Equal(BudgetState.Exhausted, (await budgets.Budget("adjusted")).State);

        var from = Minute.AddDays(-3).AddMinutes(-5);
        var proposed = await Propose(
            "adjusted",
            new(from, from.AddMinutes(10), AdjustmentCategory.CompanyNetwork, "Down.")
        );
        Assert.Equal((AdjustmentState.Proposed, "ana"), (proposed.State, proposed.ProposedBy));
        Assert.Equal((10L, BudgetState.Exhausted), await Figures("adjusted"));

        var alone = await Approve(budgets.Ana, "adjusted", proposed.Id);
        Assert.Equal("second-person-needed", await BudgetsService.CodeOf(alone));
        using var bo = budgets.Service.Client("budgets:write", "bo");
        Assert.Equal(HttpStatusCode.OK, (await Approve(bo, "adjusted", proposed.Id)).StatusCode);
        Assert.Equal((2L, BudgetState.Healthy), await Figures("adjusted"));
        var budget = await budgets.Budget("adjusted");
        Assert.Equal((9_000L, 9L), (budget.Good, budget.AllowedBad));
        Assert.Equal(new UnadjustedFigures(9_990, 10, 10, 0m, 600), budget.Unadjusted);

        var revoked = await budgets.Ana.PostAsJsonAsync(
            $"/v1/budgets/adjusted/adjustments/{proposed.Id}/revoke",
            new RevokeAdjustment("It was our own change."),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal((10L, BudgetState.Exhausted), await Figures("adjusted"));
        Assert.Null((await budgets.Budget("adjusted")).Unadjusted);
        var listed = Assert.Single((await budgets.Get<Page<AdjustmentView>>("/v1/budgets/adjusted/adjustments")).Items);
        Assert.Equal(
            (AdjustmentState.Revoked, "bo", "ana", "It was our own change."),
            (listed.State, listed.ApprovedBy, listed.RevokedBy, listed.RevokedReason)
        );
    }

    [Fact]
    public async Task Gates_and_alerts_go_by_the_official_figure_and_the_inputs_hold_both()
    {
        await budgets.Define("judged", service: "judged");
        await budgets.Count("judged", TimeSpan.FromDays(4), 99_000, 2);
        await budgets.Count("judged", TimeSpan.FromMinutes(3), 0, 400);
        var denied = await Ask("judged");
        Assert.False(denied.Ok);

        var one = await Propose(
            "judged",
            new(Minute.AddMinutes(-4), Minute.AddMinutes(-1), AdjustmentCategory.OutOfScope, "A load test.")
        );
        using var bo = budgets.Service.Client("budgets:write", "bo");
        await Approve(bo, "judged", one.Id);
        Assert.Empty((await budgets.Budget("judged")).Alerts);
        var allowed = await Ask("judged");
        Assert.True(allowed.Ok);
        var input = Assert.Single(allowed.Inputs);
        Assert.Equal((99_000L, 2L), (input.Good, input.Bad));
        Assert.Equal((99_000L, 402L), (input.UnadjustedGood, input.UnadjustedBad));
    }

    [Fact]
    public async Task A_policy_may_accept_some_categories_only()
    {
        await budgets.Define("waived", service: "waived");
        await budgets.Count("waived", TimeSpan.FromDays(4), 9_000, 0);
        await budgets.Count("waived", TimeSpan.FromDays(3), 0, 90);
        var from = Minute.AddDays(-3).AddMinutes(-5);
        using var bo = budgets.Service.Client("budgets:write", "bo");
        var one = await Propose("waived", new(from, from.AddMinutes(10), AdjustmentCategory.Maintenance, "Moved."));
        await Approve(bo, "waived", one.Id);
        Assert.True((await Ask("waived")).Ok);
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/gates/policies/waivers")
        {
            Content = BudgetsService.Yaml(
                """
                apiVersion: steady.dev/v1
                kind: GatePolicy
                metadata: { name: waivers }
                spec:
                  services: [waived]
                  waivers: [companyNetwork]
                  rules:
                    - { name: spent, when: { exhausted: true }, then: deny }
                """
            ),
        };
        Assert.Equal(HttpStatusCode.OK, (await budgets.Ana.SendAsync(put, Stop)).StatusCode);
        Assert.False((await Ask("waived")).Ok);
    }

    [Fact]
    public async Task Beyond_the_cap_nothing_is_taken_and_the_same_key_is_the_same_proposal()
    {
        await budgets.Define("capped", service: "capped");
        var command = new ProposeAdjustment(
            Minute.AddDays(-9),
            Minute.AddDays(-5),
            AdjustmentCategory.WrongData,
            "Twice."
        );
        var refused = await Send("capped", command);
        Assert.Equal(
            (HttpStatusCode.Conflict, "adjustment-cap"),
            (refused.StatusCode, await BudgetsService.CodeOf(refused))
        );
        Assert.Empty((await budgets.Get<Page<AdjustmentView>>("/v1/budgets/capped/adjustments")).Items);

        var small = command with { To = command.From.AddMinutes(5) };
        var first = await Propose("capped", small, "k");
        Assert.Equal(first.Id, (await Propose("capped", small, "k")).Id);
        var other = await Send("capped", small with { Reason = "Other" }, "k");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send("nobody", small)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Approve(budgets.Ana, "capped", Guid.CreateVersion7(budgets.Now))).StatusCode
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await Send("capped", small with { Reason = "" })).StatusCode);
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await Send("capped", small with { From = DateTimeOffset.UnixEpoch })).StatusCode
        );
    }

    private async Task<(long Bad, BudgetState State)> Figures(string objective)
    {
        var budget = await budgets.Budget(objective);
        return (budget.Bad, budget.State);
    }

    private async Task<AdjustmentView> Propose(string objective, ProposeAdjustment command, string? key = null)
    {
        var answer = await Send(objective, command, key);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<AdjustmentView>(Json.Options, Stop))!;
    }

    private Task<HttpResponseMessage> Send(string objective, ProposeAdjustment command, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/budgets/{objective}/adjustments")
        {
            Content = JsonContent.Create(command, options: Json.Options),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return budgets.Ana.SendAsync(request, Stop);
    }

    private static Task<HttpResponseMessage> Approve(HttpClient who, string objective, Guid id) =>
        who.PostAsync($"/v1/budgets/{objective}/adjustments/{id}/approve", null, Stop);

    private async Task<GateDecision> Ask(string service)
    {
        var ask = new AskGate(GateAction.Deploy, "1.4.2", "production");
        var answer = await budgets.Ana.PostAsJsonAsync($"/v1/gates/{service}/decisions", ask, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data;
    }
}
