using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>Services, teams and what they need. The client's base address ends with <c>/v1/</c>.</summary>
public sealed class CatalogClient(HttpClient http)
{
    private readonly Api api = new(http);

    public Task<Page<CatalogEntryView>> List(
        CatalogKind? kind = null,
        string? owner = null,
        CancellationToken stop = default
    ) => api.Get<Page<CatalogEntryView>>(Query.Of("catalog", ("kind", kind), ("owner", owner)), stop);

    /// <summary>One entry; with <paramref name="knownAt"/>, as it was known then.</summary>
    public Task<CatalogEntryView> Get(
        CatalogKind kind,
        string name,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) => api.Get<CatalogEntryView>(Query.Of(Of(kind, name), ("knownAt", knownAt)), stop);

    /// <summary>All that the documents describe, or nothing; a dry run only says what would change.</summary>
    public Task<CatalogApplied> Apply(
        string documents,
        string mediaType = "application/yaml",
        bool dryRun = false,
        CancellationToken stop = default
    ) =>
        api.PostText<CatalogApplied>(
            Query.Of("catalog", ("dryRun", dryRun ? "true" : null)),
            documents,
            mediaType,
            stop
        );

    public Task<long?> Set(CatalogKind kind, string name, SetCatalogEntry entry, CancellationToken stop = default) =>
        api.Put(Of(kind, name), entry, stop);

    public Task Remove(CatalogKind kind, string name, CancellationToken stop = default) =>
        api.Delete(Of(kind, name), stop);

    /// <summary>The public status page.</summary>
    public Task<StatusSummary> Status(CancellationToken stop = default) => api.Get<StatusSummary>("status", stop);

    /// <summary>How many get mails about it.</summary>
    public Task<StatusSubscriptions> Subscriptions(CancellationToken stop = default) =>
        api.Get<StatusSubscriptions>("status/subscriptions", stop);

    /// <summary>Forgets an address.</summary>
    public Task Forget(ForgetStatusSubscriber command, CancellationToken stop = default) =>
        api.Write("status/subscriptions/forget", command, null, stop);

    private static string Of(CatalogKind kind, string name) => $"catalog/{kind}/{Uri.EscapeDataString(name)}";
}
