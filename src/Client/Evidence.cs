using Steady.Contracts.Incidents;

namespace Steady.Client;

public sealed partial class IncidentsClient
{
    /// <summary>Writes evidence into a timeline.</summary>
    public Task<RecordedEntries> RecordEntry(
        RecordEntry entry,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<RecordedEntries>("entries", entry, idempotencyKey, stop);

    /// <summary>Imports evidence: a JSON array, or lines of JSON by <paramref name="mediaType"/>; of an incident when it is given.</summary>
    public Task<RecordedEntries> ImportEntries(
        string? incident,
        string text,
        string mediaType,
        CancellationToken stop = default
    ) =>
        api.PostText<RecordedEntries>(
            // Alone, what stands before the colon would be the scheme of an address.
            incident is null
                ? "./entries:batch"
                : $"incidents/{Uri.EscapeDataString(incident)}/entries:batch",
            text,
            mediaType,
            stop
        );

    public Task<EntryHistory> EntryVersions(Guid id, CancellationToken stop = default) =>
        api.Get<EntryHistory>($"entries/{id}/versions", stop);

    public Task<long?> AmendEntry(
        Guid id,
        AmendEntry command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"entries/{id}/amendments", command, ifMatch, stop);

    public Task<long?> RetractEntry(Guid id, RetractEntry command, CancellationToken stop = default) =>
        api.Write($"entries/{id}/retractions", command, null, stop);

    public Task<long?> RedactEntry(Guid id, RedactEntry command, CancellationToken stop = default) =>
        api.Write($"entries/{id}/redactions", command, null, stop);

    public Task<long?> RedactPerson(string person, RedactEntry command, CancellationToken stop = default) =>
        api.Write($"people/{Uri.EscapeDataString(person)}/redactions", command, null, stop);

    public Task<TimelineProof> Proof(CancellationToken stop = default) =>
        api.Get<TimelineProof>("timeline/proof", stop);
}
