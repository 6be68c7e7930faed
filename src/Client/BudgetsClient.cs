using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Client;

/// <summary>Objectives, counts, budgets and gates. The client's base address ends with <c>/v1/</c>.</summary>
public sealed class BudgetsClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>Defines an objective from an OpenSLO document; refused when it exists with other content.</summary>
    public Task<ObjectiveView> Apply(
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<ObjectiveView>("objectives", document, mediaType, stop);

    /// <summary>Creates the objectives of OpenSLO documents that are new, and revises those that say something else.</summary>
    public Task<AppliedObjectives> ApplyAll(
        string documents,
        string mediaType = "application/yaml",
        string mode = "strict",
        CancellationToken stop = default
    ) => api.PutText<AppliedObjectives>(Query.Of("objectives", ("mode", mode)), documents, mediaType, stop);

    /// <summary>Creates the objectives of OpenSLO documents in YAML; refused when one of them is there already.</summary>
    public Task<AppliedObjectives> ApplyNew(
        string documents,
        string mode = "strict",
        CancellationToken stop = default
    ) => api.PutText<AppliedObjectives>(Query.Of("objectives", ("mode", mode)), documents, "application/yaml", stop, 0);

    /// <summary>Changes one objective to what a document in YAML says.</summary>
    /// <param name="version">The version that was looked at; refused when there is a newer one. Null for any.</param>
    public Task<ObjectiveView> Revise(
        string objective,
        string document,
        long? version,
        string mode = "strict",
        CancellationToken stop = default
    ) =>
        api.PutText<ObjectiveView>(
            Query.Of($"objectives/{Uri.EscapeDataString(objective)}", ("mode", mode)),
            document,
            "application/yaml",
            stop,
            version
        );

    /// <summary>What is wrong with OpenSLO documents; stores nothing.</summary>
    public Task<LintAnswer> Lint(
        string documents,
        string mediaType = "application/yaml",
        string mode = "strict",
        CancellationToken stop = default
    ) => api.PostText<LintAnswer>(Query.Of("objectives/lint", ("mode", mode)), documents, mediaType, stop);

    public Task<ObjectiveView> Objective(string objective, CancellationToken stop = default) =>
        api.Get<ObjectiveView>($"objectives/{Uri.EscapeDataString(objective)}", stop);

    /// <summary>All that an objective ever said, oldest first.</summary>
    public Task<IReadOnlyList<ObjectiveRevision>> Revisions(string objective, CancellationToken stop = default) =>
        api.Get<IReadOnlyList<ObjectiveRevision>>($"objectives/{Uri.EscapeDataString(objective)}/revisions", stop);

    /// <summary>An objective as an OpenSLO v1 document, in YAML or JSON.</summary>
    public Task<string> Export(
        string objective,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.GetText($"objectives/{Uri.EscapeDataString(objective)}/export", mediaType, stop);

    /// <summary>Ends an objective; its figures are kept.</summary>
    public Task Retire(string objective, CancellationToken stop = default) =>
        api.Write($"objectives/{Uri.EscapeDataString(objective)}/retire", null, null, stop);

    public Task<Page<ObjectiveView>> Objectives(
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<ObjectiveView>>(Query.Of("objectives", ("limit", limit), ("after", after)), stop);

    /// <summary>By name; what is left, how fast it burns, who spent it.</summary>
    public Task<Page<BudgetStatus>> Budgets(
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<BudgetStatus>>(Query.Of("budgets", ("limit", limit), ("after", after)), stop);

    /// <summary>One budget, by the objective's id or name.</summary>
    public Task<BudgetStatus> Budget(string objective, CancellationToken stop = default) =>
        Budget(objective, null, stop);

    /// <param name="asOf">As it stood at that moment, by what had been counted then; as it stands, without one.</param>
    public Task<BudgetStatus> Budget(string objective, DateTimeOffset? asOf, CancellationToken stop = default) =>
        api.Get<BudgetStatus>(Query.Of($"budgets/{Uri.EscapeDataString(objective)}", ("asOf", asOf)), stop);

    /// <summary>A budget over time, with what happened meanwhile.</summary>
    public Task<BudgetHistory> History(
        string objective,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int? stepSeconds = null,
        CancellationToken stop = default
    ) =>
        api.Get<BudgetHistory>(
            Query.Of(
                $"budgets/{Uri.EscapeDataString(objective)}/history",
                ("from", from),
                ("to", to),
                ("step", stepSeconds)
            ),
            stop
        );

    /// <summary>The stored counts under other terms, beside what today's terms make of them.</summary>
    public Task<WhatIfAnswer> WhatIf(string objective, AskWhatIf ask, CancellationToken stop = default) =>
        api.Post<WhatIfAnswer>($"budgets/{Uri.EscapeDataString(objective)}/whatif", ask, null, stop);

    /// <summary>Defines a composite of objectives, or revises it; <paramref name="terms"/> as JSON.</summary>
    /// <param name="version">The version that was looked at; refused when there is a newer one. Null for any.</param>
    public Task<CompositeStatus> ApplyComposite(
        string name,
        string terms,
        long? version,
        CancellationToken stop = default
    ) =>
        api.PutText<CompositeStatus>(
            $"composites/{Uri.EscapeDataString(name)}",
            terms,
            "application/json",
            stop,
            version
        );

    /// <summary>The same, whatever its version is.</summary>
    public Task<CompositeStatus> ApplyComposite(string name, string terms, CancellationToken stop = default) =>
        ApplyComposite(name, terms, null, stop);

    /// <summary>How a composite stands, or stood at a moment.</summary>
    public Task<CompositeStatus> Composite(string name, DateTimeOffset? at = null, CancellationToken stop = default) =>
        api.Get<CompositeStatus>(Query.Of($"composites/{Uri.EscapeDataString(name)}", ("at", at)), stop);

    /// <summary>A composite over time, with its alerts.</summary>
    public Task<CompositeHistory> CompositeHistory(
        string name,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        CancellationToken stop = default
    ) =>
        api.Get<CompositeHistory>(
            Query.Of($"composites/{Uri.EscapeDataString(name)}/history", ("from", from), ("to", to)),
            stop
        );

    /// <summary>Ends a composite; its events are kept.</summary>
    public Task RetireComposite(string name, CancellationToken stop = default) =>
        api.Delete($"composites/{Uri.EscapeDataString(name)}", stop);

    public Task<Page<CompositeStatus>> Composites(
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) => api.Get<Page<CompositeStatus>>(Query.Of("composites", ("limit", limit), ("after", after)), stop);

    /// <summary>A team's week; this one when none is named.</summary>
    public Task<ToilReport> Toil(string team, string? week = null, CancellationToken stop = default) =>
        api.Get<ToilReport>(Query.Of($"toil/teams/{Uri.EscapeDataString(team)}", ("week", week)), stop);

    /// <summary>This week of every team, most over its line first.</summary>
    public Task<IReadOnlyList<ToilReport>> ToilOfTeams(CancellationToken stop = default) =>
        api.Get<IReadOnlyList<ToilReport>>("toil/teams", stop);

    /// <summary>Says how a team is staffed.</summary>
    public Task<long?> Staff(string team, StaffTeam staffing, CancellationToken stop = default) =>
        api.Put($"toil/teams/{Uri.EscapeDataString(team)}", staffing, stop);

    /// <summary>Asks which team gets a new ticket.</summary>
    public Task<TicketRoute> RouteTicket(RouteTicket ticket, CancellationToken stop = default) =>
        api.Post<TicketRoute>("toil/tickets", ticket, null, stop);

    /// <summary>Writes down time that operations took.</summary>
    public Task<ToilEntry> LogToil(RecordToil entry, string? idempotencyKey = null, CancellationToken stop = default) =>
        api.Post<ToilEntry>("toil/entries", entry, idempotencyKey, stop);

    /// <summary>Withdraws an entry that was wrong; it stays in the history and no longer counts.</summary>
    public Task WithdrawToil(string team, Guid entry, CancellationToken stop = default) =>
        api.Delete($"toil/teams/{Uri.EscapeDataString(team)}/entries/{entry}", stop);

    public Task<CountsAccepted> Record(string sli, RecordCounts counts, CancellationToken stop = default) =>
        api.Post<CountsAccepted>($"slis/{Uri.EscapeDataString(sli)}/counts", counts, null, stop);

    /// <summary>Where an indicator is counted, and how that goes.</summary>
    public Task<SourceView> Source(string sli, CancellationToken stop = default) =>
        api.Get<SourceView>(SourcePath(sli), stop);

    /// <summary>Says which counters are an indicator's good and bad events.</summary>
    /// <param name="version">The version that was looked at; refused when there is a newer one. Null for any.</param>
    public Task<SourceView> SetSource(
        string sli,
        SetSource terms,
        long? version = null,
        CancellationToken stop = default
    ) => api.PutFor<SourceView>(SourcePath(sli), terms, version, stop);

    /// <summary>Switches an indicator's source off; what was counted stays.</summary>
    public Task RemoveSource(string sli, CancellationToken stop = default) => api.Delete(SourcePath(sli), stop);

    /// <summary>Asks, and keeps the answer as an event. A denial is an answer, not a problem.</summary>
    public Task<GateAnswer> Ask(
        string service,
        AskGate ask,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<GateAnswer>($"gates/{Uri.EscapeDataString(service)}/decisions", ask, idempotencyKey, stop);

    /// <summary>Newest first.</summary>
    public Task<Page<GateDecision>> Decisions(
        string service,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<GateDecision>>(
            Query.Of($"gates/{Uri.EscapeDataString(service)}/decisions", ("limit", limit), ("after", after)),
            stop
        );

    public Task<GateAnswer> Decision(Guid id, CancellationToken stop = default) =>
        api.Get<GateAnswer>($"gates/decisions/{id}", stop);

    /// <summary>What happens from now on, or after an event that was seen; reconnects by itself.</summary>
    public IAsyncEnumerable<FeedItem> Follow(long? after = null, CancellationToken stop = default) =>
        api.Follow(after, TimeProvider.System, stop);

    /// <summary>One connection to the feed, for callers that show when it is lost.</summary>
    public IAsyncEnumerable<FeedItem> FollowOnce(long? after = null, CancellationToken stop = default) =>
        api.FollowOnce(after, stop);

    private static string SourcePath(string sli) => $"slis/{Uri.EscapeDataString(sli)}/source";
}
