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
    ) => api.PutText<GatePolicyView>(PolicyPath(name), document, mediaType, stop);

    /// <summary>The same of YAML, by somebody who has looked at a revision.</summary>
    /// <param name="revision">Refused when there is a newer one. Null for any.</param>
    public Task<GatePolicyView> Apply(string name, string document, long? revision, CancellationToken stop = default) =>
        api.PutText<GatePolicyView>(PolicyPath(name), document, "application/yaml", stop, revision);

    /// <summary>A policy as it is; one that was retired too.</summary>
    public Task<GatePolicyView> Policy(string name, CancellationToken stop) =>
        api.Get<GatePolicyView>(PolicyPath(name), stop);

    /// <summary>Newest first.</summary>
    public Task<Page<GatePolicyView>> Revisions(
        string name,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<GatePolicyView>>(
            Query.Of($"{PolicyPath(name)}/revisions", ("limit", limit), ("after", after)),
            stop
        );

    /// <summary>Ends a policy: it decides nothing any more, and all its revisions stay.</summary>
    public Task Retire(string name, CancellationToken stop = default) => api.Delete(PolicyPath(name), stop);

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

    /// <summary>What went out, newest first.</summary>
    /// <param name="service">Only what this service may feel; null for all.</param>
    public Task<Page<DeployView>> Deploys(
        string? service = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<DeployView>>(Query.Of("deploys", ("service", service), ("limit", limit), ("after", after)), stop);

    /// <summary>A team takes what fails in a period on itself.</summary>
    public Task<ClaimView> Claim(
        string service,
        ClaimPeriod command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<ClaimView>($"services/{Uri.EscapeDataString(service)}/claims", command, idempotencyKey, stop);

    /// <summary>Says which objectives must hold for this one to; none takes it back.</summary>
    public Task Depend(string objective, DeclareDependencies command, CancellationToken stop = default) =>
        api.Put($"objectives/{Uri.EscapeDataString(objective)}/dependencies", command, stop);

    /// <summary>Whose a service is, and how what it spends is put down to causes.</summary>
    public Task<ServiceView> Service(string service, CancellationToken stop = default) =>
        api.Get<ServiceView>($"services/{Uri.EscapeDataString(service)}", stop);

    /// <summary>Says which team a service belongs to.</summary>
    public Task<ServiceView> NameTeam(string service, NameTeam command, CancellationToken stop = default) =>
        api.PutFor<ServiceView>($"services/{Uri.EscapeDataString(service)}/team", command, null, stop);

    /// <summary>Says how what a service spends is put down to causes.</summary>
    public Task<ServiceView> Tune(string service, TuneAttribution command, CancellationToken stop = default) =>
        api.PutFor<ServiceView>($"services/{Uri.EscapeDataString(service)}/attribution", command, null, stop);

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

    private static string PolicyPath(string name) => $"gates/policies/{Uri.EscapeDataString(name)}";

    private static string Adjustments(string objective) => $"budgets/{Uri.EscapeDataString(objective)}/adjustments";
}
