using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Other terms over what was counted, beside today's.</summary>
public sealed class WhatIfTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stricter_target_is_shown_beside_todays_and_nothing_is_stored()
    {
        await budgets.Define("tried", target: "0.99");
        await budgets.Count("tried", TimeSpan.FromDays(10), 1_000_000, 0);
        await budgets.Count("tried", TimeSpan.FromMinutes(30), 900, 100);
        await Ask("tried", "1.4.2");
        budgets.Clock.Advance(TimeSpan.FromMinutes(2));
        var before = await budgets.Budget("tried");

        var answer = await Ask("tried", new AskWhatIf(0.9999m, From: budgets.Now.AddDays(-1)));
        Assert.Equal((0.99m, 0.9999m), (answer.Today.Terms.Target, answer.WhatIf.Terms.Target));
        Assert.Equal((before.Good, before.Bad), (answer.Today.End.Good, answer.Today.End.Bad));
        Assert.Equal(before.Remaining, answer.Today.End.Remaining);
        Assert.True(answer.WhatIf.Pages > 0 && answer.WhatIf.End.Remaining < answer.Today.End.Remaining);
        Assert.Equal(60, answer.StepSeconds);
        var gate = Assert.Single(answer.Gates);
        Assert.Equal((gate.Recorded, GateVerdict.Deny), (gate.Today, gate.WhatIf));

        var after = await budgets.Budget("tried");
        Assert.Equal(
            (before.Target, before.Alerts.Count, before.Revision),
            (after.Target, after.Alerts.Count, after.Revision)
        );
    }

    [Fact]
    public async Task Past_decisions_are_judged_by_the_revision_of_the_policy_that_made_them()
    {
        await budgets.Define("ruled", target: "0.99");
        await budgets.Count("ruled", TimeSpan.FromDays(10), 1_000_000, 0);
        await budgets.Count("ruled", TimeSpan.FromMinutes(30), 9_950, 50);
        await Rule("0.999");
        await Ask("ruled", "first");
        budgets.Clock.Advance(TimeSpan.FromMinutes(1));
        await Rule("0.1");
        await Ask("ruled", "second");
        budgets.Clock.Advance(TimeSpan.FromMinutes(2));

        var answer = await Ask("ruled", new AskWhatIf(0.999m, From: budgets.Now.AddDays(-1)));
        Assert.Equal(
            [
                ("second", "ruled@2", GateVerdict.Allow, GateVerdict.Allow, GateVerdict.Allow),
                ("first", "ruled@1", GateVerdict.Deny, GateVerdict.Deny, GateVerdict.Deny),
            ],
            answer.Gates.Select(gate => (gate.Ref, gate.Policy, gate.Recorded, gate.Today, gate.WhatIf))
        );
        var stricter = await Ask("ruled", new AskWhatIf(0.99995m, From: budgets.Now.AddDays(-1)));
        Assert.Equal(
            [(GateVerdict.Allow, GateVerdict.Deny), (GateVerdict.Deny, GateVerdict.Deny)],
            stricter.Gates.Select(gate => (gate.Today, gate.WhatIf))
        );

        async Task Rule(string below)
        {
            var document = $$"""
                apiVersion: steady.dev/v1
                kind: GatePolicy
                metadata: { name: ruled }
                spec:
                  services: [ruled]
                  environments: ["*"]
                  rules: [{ name: thin, when: { remainingBelow: {{below}} }, then: deny }]
                """;
            using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/gates/policies/ruled");
            put.Content = BudgetsService.Yaml(document);
            var applied = await budgets.Ana.SendAsync(put, Stop);
            Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task Terms_that_cannot_be_computed_are_refused_with_their_places()
    {
        await budgets.Define("refused");
        var answer = await budgets.Ana.PostAsJsonAsync(
            "/v1/budgets/refused/whatif",
            new AskWhatIf(1.5m),
            Json.Options,
            Stop
        );
        Assert.Equal("terms-invalid", await BudgetsService.CodeOf(answer));
        Assert.Contains("\"target\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private Task Ask(string service, string version) =>
        budgets.Ana.PostAsJsonAsync(
            $"/v1/gates/{service}/decisions",
            new AskGate(GateAction.Deploy, version, "production"),
            Json.Options,
            Stop
        );

    private async Task<WhatIfAnswer> Ask(string objective, AskWhatIf ask)
    {
        var answer = await budgets.Ana.PostAsJsonAsync($"/v1/budgets/{objective}/whatif", ask, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<WhatIfAnswer>(Json.Options, Stop))!;
    }
}
