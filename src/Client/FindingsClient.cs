using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Client;

/// <summary>What runs have shown. The client's base address ends with <c>/v1/</c>; writes answer with the new version.</summary>
public sealed class FindingsClient(HttpClient http)
{
    private readonly Api api = new(http);

    public Task<FindingView> Raise(
        RaiseFinding command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<FindingView>("findings", command, idempotencyKey, stop);

    /// <summary>Newest first; <paramref name="openOnly"/> leaves out what is fixed.</summary>
    public Task<Page<FindingView>> List(
        bool openOnly = false,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<FindingView>>(
            Query.Of("findings", ("state", openOnly ? "open" : null), ("limit", limit), ("after", after)),
            stop
        );

    /// <summary>What one run has shown, newest first.</summary>
    public Task<Page<FindingView>> OfRun(Guid run, CancellationToken stop = default) =>
        api.Get<Page<FindingView>>(Query.Of("findings", ("run", run)), stop);

    /// <summary>The same page by page, fixed or not.</summary>
    public Task<Page<FindingView>> OfRun(Guid run, int? limit, string? after, CancellationToken stop = default) =>
        api.Get<Page<FindingView>>(Query.Of("findings", ("run", run), ("limit", limit), ("after", after)), stop);

    public Task<FindingView> Get(Guid id, CancellationToken stop = default) =>
        api.Get<FindingView>($"findings/{id}", stop);

    public Task<long?> Link(Guid id, LinkActionItem command, CancellationToken stop = default) =>
        api.Write($"findings/{id}/actions", command, null, stop);

    /// <summary>Drafts the experiment that must hold where the finding's run broke.</summary>
    public Task<ExperimentView> Regression(Guid id, CancellationToken stop = default) =>
        api.Post<ExperimentView>($"findings/{id}/regression", null, stop);
}
