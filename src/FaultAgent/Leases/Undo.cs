using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Leases;

/// <summary>What a journal says about the leases of the agents before this one. Pure.</summary>
public static class Undo
{
    /// <summary>How many ended leases are remembered: their ids stay dead and their epochs keep fencing.</summary>
    public const int Remembered = 1000;

    private static readonly PlaceLease Unknown = new("", Guid.Empty, 0, new FaultSpec(""));

    /// <summary>
    /// One closed entry per lease, oldest first. A lease found open is closed as reverted: the agent that held its fault
    /// is gone, and the fault with it.
    /// </summary>
    public static IReadOnlyList<JournalEntry> Replay(IEnumerable<JournalEntry> entries, DateTimeOffset now)
    {
        var leases = new OrderedDictionary<Guid, JournalEntry>();
        foreach (var entry in entries)
        {
            var known = leases.GetValueOrDefault(entry.LeaseId);
            leases[entry.LeaseId] = entry with
            {
                Placed = entry.Placed ?? known?.Placed,
                Epoch = Math.Max(entry.Epoch ?? entry.Placed?.Epoch ?? 0, known?.Epoch ?? 0),
                State = entry.State ?? known?.State,
            };
        }
        return
        [
            .. leases
                .Values.TakeLast(Remembered)
                .Select(entry => entry.State is null ? Close(entry, now) : Kept(entry)),
        ];
    }

    /// <summary>The leases found open by a replay.</summary>
    public static IReadOnlyList<Guid> FoundOpen(IEnumerable<JournalEntry> entries) =>
        [
            .. entries
                .GroupBy(entry => entry.LeaseId)
                .Where(lease => lease.All(entry => entry.Kind != JournalEntry.Closed))
                .Select(lease => lease.Key),
        ];

    /// <summary>An ended lease as it is remembered: it can never start again.</summary>
    public static Lease Remember(JournalEntry closed) =>
        Lease.Tombstone(closed.LeaseId, closed.Placed ?? Unknown, closed.Epoch ?? 0) with
        {
            State = closed.State ?? LeaseState.Reverted,
        };

    /// <summary>The memory of a lease that was taken back before it came.</summary>
    public static Lease NeverPlaced(Guid id) => Lease.Tombstone(id, Unknown, 0);

    private static JournalEntry Close(JournalEntry open, DateTimeOffset now) =>
        open with
        {
            Kind = JournalEntry.Closed,
            At = now,
            State = LeaseState.Reverted,
        };

    private static JournalEntry Kept(JournalEntry closed) => closed with { Kind = JournalEntry.Closed };
}
