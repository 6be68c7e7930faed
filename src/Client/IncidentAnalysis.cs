using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>What can be concluded from a timeline: order, contradictions, causes, who knew what when, and other incidents.</summary>
public sealed partial class IncidentsClient
{
    /// <summary>The story in the only order that is known.</summary>
    public Task<TimelineOrder> Order(
        string incident,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) => api.Get<TimelineOrder>(Query.Of($"{Of(incident)}/order", ("knownAt", knownAt)), stop);

    public Task<ContradictionList> Contradictions(
        string incident,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) => api.Get<ContradictionList>(Query.Of($"{Of(incident)}/contradictions", ("knownAt", knownAt)), stop);

    public Task<long?> Rule(
        string incident,
        Guid contradiction,
        RuleOnContradiction command,
        CancellationToken stop = default
    ) => api.Write($"{Of(incident)}/contradictions/{contradiction}/ruling", command, null, stop);

    /// <summary>What led to an entry, at most <paramref name="depth"/> steps back.</summary>
    public Task<CausalAnswer> Causes(Guid entry, int? depth = null, CancellationToken stop = default) =>
        api.Get<CausalAnswer>(Query.Of($"entries/{entry}/causes", ("depth", depth)), stop);

    /// <summary>What followed from an entry, at most <paramref name="depth"/> steps on.</summary>
    public Task<CausalAnswer> Effects(Guid entry, int? depth = null, CancellationToken stop = default) =>
        api.Get<CausalAnswer>(Query.Of($"entries/{entry}/effects", ("depth", depth)), stop);

    public Task<CausalPath> Path(Guid from, Guid to, CancellationToken stop = default) =>
        api.Get<CausalPath>(Query.Of($"entries/{from}/path", ("to", to)), stop);

    public Task<long?> StateCause(Guid effect, StateCause command, CancellationToken stop = default) =>
        api.Write($"entries/{effect}/causes", command, null, stop);

    public Task<long?> WithdrawCause(Guid effect, WithdrawCause command, CancellationToken stop = default) =>
        api.Write($"entries/{effect}/causes/withdraw", command, null, stop);

    public Task<KnowledgeGap> KnowledgeGap(
        string incident,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) => api.Get<KnowledgeGap>(Query.Of($"{Of(incident)}/knowledge-gap", ("knownAt", knownAt)), stop);

    /// <summary>What a person, a role (<c>role/commander</c>) or the <c>public</c> had seen by a moment.</summary>
    public Task<Page<SeenEntry>> Seen(
        string incident,
        string by,
        DateTimeOffset? at = null,
        CancellationToken stop = default
    ) => api.Get<Page<SeenEntry>>(Query.Of($"{Of(incident)}/seen", ("by", by), ("at", at)), stop);

    public Task<IncidentState> State(
        string incident,
        DateTimeOffset? at = null,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) => api.Get<IncidentState>(Query.Of($"{Of(incident)}/state", ("at", at), ("knownAt", knownAt)), stop);

    public Task<IncidentDiff> Diff(string left, string right, string? align = null, CancellationToken stop = default) =>
        api.Get<IncidentDiff>(Query.Of("incidents/diff", ("left", left), ("right", right), ("align", align)), stop);

    public Task<SimilarIncidents> Similar(string incident, int? k = null, CancellationToken stop = default) =>
        api.Get<SimilarIncidents>(Query.Of($"{Of(incident)}/similar", ("k", k)), stop);

    private static string Of(string incident) => $"incidents/{Uri.EscapeDataString(incident)}";
}
