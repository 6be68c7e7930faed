using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>Keys with which others send.</summary>
public sealed class IntegrationsClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>A new key, told once.</summary>
    public Task<NewIntegrationKey> CreateKey(
        string integration,
        CreateIntegrationKey wish,
        CancellationToken stop = default
    ) => api.Post<NewIntegrationKey>($"integrations/{Uri.EscapeDataString(integration)}/keys", wish, null, stop);

    /// <summary>The keys that live, of one integration or of all.</summary>
    public Task<Page<IntegrationKeyView>> Keys(string? integration, CancellationToken stop = default) =>
        api.Get<Page<IntegrationKeyView>>(
            integration is null ? "integrations/keys" : $"integrations/{Uri.EscapeDataString(integration)}/keys",
            stop
        );

    public Task RevokeKey(string integration, Guid id, CancellationToken stop = default) =>
        api.Delete($"integrations/{Uri.EscapeDataString(integration)}/keys/{id}", stop);
}
