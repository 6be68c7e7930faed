using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>How an incident is worked on: roles, hand-overs, tasks, updates.</summary>
public sealed partial class IncidentsClient
{
    public Task<IncidentResponse> Response(string incident, CancellationToken stop = default) =>
        api.Get<IncidentResponse>($"incidents/{Uri.EscapeDataString(incident)}/response", stop);

    public Task<long?> AssignRole(Guid id, StaffRole command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/roles", command, null, stop);

    public Task<long?> ReleaseRole(Guid id, StaffRole command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/roles/release", command, null, stop);

    public Task<long?> OfferHandover(Guid id, OfferHandover command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/handovers", command, null, stop);

    public Task<long?> ConfirmHandover(Guid id, Guid handover, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/handovers/{handover}/confirm", null, null, stop);

    public Task<long?> DeclineHandover(
        Guid id,
        Guid handover,
        DeclineHandover command,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/handovers/{handover}/decline", command, null, stop);

    public Task<long?> WithdrawHandover(Guid id, Guid handover, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/handovers/{handover}/withdraw", null, null, stop);

    public Task<long?> AddTask(Guid id, AddTask command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/tasks", command, null, stop);

    public Task<long?> ChangeTask(Guid id, int number, ChangeTask command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/tasks/{number}/change", command, null, stop);

    public Task<long?> FinishTask(Guid id, int number, FinishTask command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/tasks/{number}/done", command, null, stop);

    public Task<long?> PostUpdate(Guid id, PostUpdate command, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/updates", command, null, stop);

    public Task<long?> LinkFollowUp(Guid id, LinkFollowUp command, CancellationToken stop = default) =>
        api.Write($"follow-ups/{id}/link", command, null, stop);
}
