using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>Who may know of an incident, and who has read of it.</summary>
public sealed partial class IncidentsClient
{
    public Task<long?> SetPrivacy(Guid id, SetPrivacy command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/privacy", command, null, stop);

    public Task<long?> ChangePeople(Guid id, ChangePeople command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/people", command, null, stop);

    /// <summary>Who sees an incident while it is private.</summary>
    public Task<Page<IncidentPersonView>> People(string incident, CancellationToken stop = default) =>
        api.Get<Page<IncidentPersonView>>($"incidents/{Uri.EscapeDataString(incident)}/people", stop);

    /// <summary>Who has read of it, newest first.</summary>
    public Task<Page<IncidentRead>> Reads(
        string incident,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<IncidentRead>>(
            Query.Of($"incidents/{Uri.EscapeDataString(incident)}/reads", ("limit", limit), ("after", after)),
            stop
        );
}
