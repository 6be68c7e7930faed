using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Client;

/// <summary>Policies, overrides, adjustments and deployments: what people decide about budgets. Base address as the budgets' one.</summary>
public sealed class GatesClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>Changes a policy to what a document says.</summary>
    public Task<GatePolicyView> Apply(
        string name,
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PutText<GatePolicyView>($"gates/policies/{Uri.EscapeDataString(name)}", document, mediaType, stop);

    /// <summary>Everything that is wrong with a policy; keeps nothing.</summary>
    public Task<PolicyLint> Lint(
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<PolicyLint>("gates/policies/lint", document, mediaType, stop);

    public Task<Page<GatePolicyView>> Policies(
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<GatePolicyView>>(Query.Of("gates/policies", ("limit", limit), ("after", after)), stop);

    /// <summary>Proposes to override a denial.</summary>
    public Task<GateAnswer> Override(Guid decision, OverrideGate command, CancellationToken stop = default) =>
        api.Post<GateAnswer>($"gates/decisions/{decision}/override", command, null, stop);

    /// <summary>Approves what somebody else proposed.</summary>
    public Task<GateAnswer> Approve(Guid decision, CancellationToken stop = default) =>
        api.Post<GateAnswer>($"gates/decisions/{decision}/override/approve", null, stop);

    public Task<AdjustmentView> Propose(
        string objective,
        ProposeAdjustment command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<AdjustmentView>(Adjustments(objective), command, idempotencyKey, stop);

    public Task<AdjustmentView> Approve(string objective, Guid adjustment, CancellationToken stop = default) =>
        api.Post<AdjustmentView>($"{Adjustments(objective)}/{adjustment}/approve", null, stop);

    public Task<AdjustmentView> Revoke(
        string objective,
        Guid adjustment,
        RevokeAdjustment command,
        CancellationToken stop = default
    ) => api.Post<AdjustmentView>($"{Adjustments(objective)}/{adjustment}/revoke", command, null, stop);

    /// <summary>Newest first.</summary>
    public Task<Page<AdjustmentView>> Adjustments(
        string objective,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<AdjustmentView>>(Query.Of(Adjustments(objective), ("limit", limit), ("after", after)), stop);

    public Task<DeployView> Record(
        RecordDeploy command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<DeployView>("deploys", command, idempotencyKey, stop);

    /// <summary>Who spent a budget between two moments.</summary>
    public Task<SpendReport> Spend(
        string objective,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        SpendBy by = SpendBy.Cause,
        CancellationToken stop = default
    ) =>
        api.Get<SpendReport>(
            Query.Of(
                $"budgets/{Uri.EscapeDataString(objective)}/spend",
                ("from", from),
                ("to", to),
                ("by", $"{by}".ToLowerInvariant())
            ),
            stop
        );

    private static string Adjustments(string objective) => $"budgets/{Uri.EscapeDataString(objective)}/adjustments";
}
