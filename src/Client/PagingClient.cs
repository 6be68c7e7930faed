using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>Who is paged how, for what, and what became of it.</summary>
public sealed class PagingClient(HttpClient http)
{
    private readonly Api api = new(http);

    public Task<Page<ContactView>> Contacts(CancellationToken stop = default) =>
        api.Get<Page<ContactView>>("contacts", stop);

    public Task<ContactView> Contact(string name, CancellationToken stop = default) =>
        api.Get<ContactView>($"contacts/{Uri.EscapeDataString(name)}", stop);

    public Task<long?> SetContact(
        string name,
        SetContact document,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Put($"contacts/{Uri.EscapeDataString(name)}", document, ifMatch, stop);

    /// <summary>Sends a test page; what came of it is told by <see cref="Page"/>.</summary>
    public Task<PageView> Test(string contact, TestChannel command, CancellationToken stop = default) =>
        api.Post<PageView>($"contacts/{Uri.EscapeDataString(contact)}/test", command, null, stop);

    public Task<Page<EscalationPolicyView>> Policies(CancellationToken stop = default) =>
        api.Get<Page<EscalationPolicyView>>("escalation-policies", stop);

    public Task<EscalationPolicyView> Policy(string name, CancellationToken stop = default) =>
        api.Get<EscalationPolicyView>($"escalation-policies/{Uri.EscapeDataString(name)}", stop);

    public Task<long?> SetPolicy(
        string name,
        SetEscalationPolicy document,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Put($"escalation-policies/{Uri.EscapeDataString(name)}", document, ifMatch, stop);

    /// <summary>Whom a policy would page for an incident that nobody takes.</summary>
    public Task<EscalationPreview> Preview(
        string name,
        Severity severity,
        decimal? burn = null,
        DateTimeOffset? at = null,
        CancellationToken stop = default
    ) =>
        api.Get<EscalationPreview>(
            Query.Of(
                $"escalation-policies/{Uri.EscapeDataString(name)}/preview",
                ("severity", severity.ToString().ToLowerInvariant()),
                ("burn", burn),
                ("at", at)
            ),
            stop
        );

    /// <summary>How an incident's escalation stands, by id or number.</summary>
    public Task<EscalationView> Escalation(string incident, CancellationToken stop = default) =>
        api.Get<EscalationView>($"incidents/{Uri.EscapeDataString(incident)}/escalation", stop);

    public Task<long?> Escalate(Guid incident, EscalateIncident command, CancellationToken stop = default) =>
        api.Write($"incidents/{incident}/escalate", command, null, stop);

    public Task<Page<PageView>> Send(
        Guid incident,
        PageSomebody command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<Page<PageView>>($"incidents/{incident}/page", command, idempotencyKey, stop);

    /// <summary>Newest first; status <c>waiting</c>, <c>delivered</c>, <c>failed</c> or <c>dropped</c>.</summary>
    public Task<Page<PageView>> Pages(
        string? status = null,
        string? person = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<PageView>>(
            Query.Of("pages", ("status", status), ("person", person), ("limit", limit), ("after", after)),
            stop
        );

    public Task<PageView> Page(Guid id, CancellationToken stop = default) => api.Get<PageView>($"pages/{id}", stop);
}
