using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Policies are documents with revisions; they decide, and two persons may decide otherwise.</summary>
public sealed class PolicyTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static readonly Guid Unknown = Guid.Parse("0195f000-0000-7000-8000-00000000dead");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_has_revisions_and_the_same_document_makes_none()
    {
        var first = await Apply("revised", Document("revised", "revised", "validFor: 10m"));
        Assert.Equal(("revised", 1L, "ana"), (first.Name, first.Revision, first.By));
        Assert.Equal(1, (await Apply("revised", Document("revised", "revised", "validFor: 10m"))).Revision);
        Assert.Equal(2, (await Apply("revised", Document("revised", "revised", "validFor: 20m"))).Revision);

        var page = await budgets.Get<Page<GatePolicyView>>("/v1/gates/policies/revised/revisions?limit=1");
        var rest = await budgets.Get<Page<GatePolicyView>>($"/v1/gates/policies/revised/revisions?after={page.Next}");
        Assert.Equal([2L, 1L], page.Items.Concat(rest.Items).Select(revision => revision.Revision));
        var old = await budgets.Get<GatePolicyView>("/v1/gates/policies/revised?revision=1");
        Assert.Equal("10m", old.Terms.ValidFor);
        Assert.Equal("20m", (await budgets.Get<GatePolicyView>("/v1/gates/policies/revised")).Terms.ValidFor);
        Assert.Contains(
            "revised",
            (await budgets.Get<Page<GatePolicyView>>("/v1/gates/policies")).Items.Select(policy => policy.Name)
        );
        Assert.Equal("revised@2", (await Ask("revised")).Policy);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_a_retired_policy_decides_nothing()
    {
        await Apply("retired", Document("retired", "retired", "data: { fail: closed }"));
        Assert.False((await Ask("retired")).Ok);
        using var stale = Put("retired", Document("retired", "retired", ""));
        stale.Headers.Add("If-Match", "\"7\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await budgets.Ana.SendAsync(stale, Stop)).StatusCode);

        var gone = await budgets.Ana.DeleteAsync("/v1/gates/policies/retired", Stop);
        Assert.Equal((HttpStatusCode.NoContent, "\"2\""), (gone.StatusCode, gone.Headers.ETag?.Tag));
        Assert.Equal("built-in@1", (await Ask("retired")).Policy);
        Assert.True((await budgets.Get<GatePolicyView>("/v1/gates/policies/retired")).Retired);
        Assert.Equal(3, (await Apply("retired", Document("retired", "retired", "data: { fail: closed }"))).Revision);
        Assert.Equal("retired@3", (await Ask("retired")).Policy);
    }

    [Fact]
    public async Task A_document_that_is_wrong_is_refused_with_everything_and_can_be_linted_first()
    {
        var wrong = Document("other", "x", "validFor: soon");
        using var put = Put("wrong", wrong);
        var refused = await budgets.Ana.SendAsync(put, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("policy-invalid", problem.GetProperty("code").GetString());
        Assert.Equal(
            ["spec.validFor", "metadata.name"],
            problem.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("path").GetString())
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await budgets.Ana.GetAsync("/v1/gates/policies/wrong", Stop)).StatusCode
        );
        Assert.Equal("invalid", (await Lint(wrong)).Verdict);
        Assert.Equal("valid", (await Lint(Document("other", "x", ""))).Verdict);
    }

    [Fact]
    public async Task A_freeze_lets_only_urgent_changes_through()
    {
        await Apply(
            "frozen",
            Document(
                "frozen",
                "frozen",
                """
                rules:
                    - name: freeze
                      when: { spentAbove: { share: 1, within: 28d } }
                      then: deny
                      except: [p0-fix, security]
                      reason: Fix before features.
                """
            )
        );
        await budgets.Define("frozen", service: "frozen");
        await budgets.Count("frozen", TimeSpan.FromDays(20), 9_980, 20);
        var denied = await Ask("frozen", new(GateAction.Deploy, "1", "production", Change: "feature"));
        Assert.Equal(
            ["frozen: 200 % of the budget of the last 28d is spent, more than 100 %. Fix before features."],
            denied.Reasons
        );
        Assert.Equal([("28d", 9_980L, 20L), ("1h", 0L, 0L)], Windows(denied));
        var urgent = await Ask("frozen", new(GateAction.Deploy, "1", "production", Change: "p0-fix"));
        Assert.True(urgent.Ok);
        Assert.Equal(
            (GateVerdict.Deny, denied.DecisionId),
            (urgent.LastDecision!.Decision, urgent.LastDecision.DecisionId)
        );
    }

    [Fact]
    public async Task A_denial_is_overridden_by_two_persons_for_the_same_question_until_it_expires()
    {
        await Apply("over", Document("over", "over", "data: { fail: closed }"));
        var denied = await Ask("over");
        var proposed = await Override(budgets.Ana, denied.DecisionId, new OverrideGate("The fix is in it.", 60));
        Assert.Equal(HttpStatusCode.OK, proposed.StatusCode);
        Assert.False((await Ask("over")).Ok);

        var alone = await Approve(budgets.Ana, denied.DecisionId);
        Assert.Equal(
            (HttpStatusCode.Conflict, "second-person-needed"),
            (alone.StatusCode, await BudgetsService.CodeOf(alone))
        );
        using var bo = budgets.Service.Client("budgets:write", "bo");
        var approved = await Approve(bo, denied.DecisionId);
        Assert.Equal(
            new GateOverride("The fix is in it.", "ana", "bo", budgets.Now.AddMinutes(60)),
            (await Read(approved)).Override
        );

        var allowed = await Ask("over");
        Assert.Equal((GateVerdict.Allow, true), (allowed.Decision, allowed.Ok));
        Assert.StartsWith("Overridden until", allowed.Reasons[0], StringComparison.Ordinal);
        Assert.Equal("bo", allowed.Override!.ApprovedBy);
        Assert.False((await Ask("over", new(GateAction.Deploy, "other", "production"))).Ok);
        Assert.False((await Ask("over", new(GateAction.Deploy, "1.4.2", "staging"))).Ok);
        budgets.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.False((await Ask("over")).Ok);
    }

    [Fact]
    public async Task Nothing_is_overridden_that_is_not_there()
    {
        var answer = await Override(budgets.Ana, Unknown, new OverrideGate("Why"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Approve(budgets.Ana, Unknown)).StatusCode);
        var empty = await Override(budgets.Ana, Unknown, new OverrideGate(""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    private static string Document(string name, string service, string more) =>
        $"""
            apiVersion: steady.dev/v1
            kind: GatePolicy
            metadata:
              name: {name}
            spec:
              services: [{service}]
              {more}
            """;

    private static HttpRequestMessage Put(string name, string document) =>
        new(HttpMethod.Put, $"/v1/gates/policies/{name}") { Content = BudgetsService.Yaml(document) };

    private async Task<GatePolicyView> Apply(string name, string document)
    {
        using var put = Put(name, document);
        var answer = await budgets.Ana.SendAsync(put, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        var view = (await answer.Content.ReadFromJsonAsync<GatePolicyView>(Json.Options, Stop))!;
        Assert.Equal($"\"{view.Revision}\"", answer.Headers.ETag?.Tag);
        return view;
    }

    private async Task<PolicyLint> Lint(string document)
    {
        var answer = await budgets.Ana.PostAsync("/v1/gates/policies/lint", BudgetsService.Yaml(document), Stop);
        return (await answer.Content.ReadFromJsonAsync<PolicyLint>(Json.Options, Stop))!;
    }

    private async Task<GateDecision> Ask(string service, AskGate? ask = null) =>
        await Read(
            await budgets.Ana.PostAsJsonAsync(
                $"/v1/gates/{service}/decisions",
                ask ?? new AskGate(GateAction.Deploy, "1.4.2", "production"),
                Json.Options,
                Stop
            )
        );

    private static Task<HttpResponseMessage> Override(HttpClient who, Guid id, OverrideGate command) =>
        who.PostAsJsonAsync($"/v1/gates/decisions/{id}/override", command, Json.Options, Stop);

    private static Task<HttpResponseMessage> Approve(HttpClient who, Guid id) =>
        who.PostAsync($"/v1/gates/decisions/{id}/override/approve", null, Stop);

    private static async Task<GateDecision> Read(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data;

    private static IEnumerable<(string, long, long)> Windows(GateDecision decision) =>
        decision.Inputs.Single().Windows!.Select(window => (window.Window, window.Good, window.Bad));
}
