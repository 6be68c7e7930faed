using Steady.Contracts.Faults;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Leases;

/// <summary>What the lease book has to say to the undo journal, and what follows when the disk does not take it.</summary>
internal sealed class JournalNotes(Journal journal, AgentClock clock, ILogger log)
{
    /// <summary>Before a fault. Without it on the disk there is none.</summary>
    public Refusal? Opened(Guid id, PlaceLease command)
    {
        try
        {
            journal.AppendDurably(new(JournalEntry.Opened, id, clock.Time.GetUtcNow(), command));
            return null;
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            log.LogError(e, "Lease {Lease} is refused: the undo journal cannot be written", id);
            return new(
                503,
                "journal-unavailable",
                "Nothing was injected: the undo journal cannot be written. Free its disk."
            );
        }
    }

    public void Fenced(Guid id, long epoch) => Note(new(JournalEntry.Fenced, id, clock.Time.GetUtcNow(), Epoch: epoch));

    /// <summary>After a fault.</summary>
    public void Closed(Lease lease)
    {
        log.LogInformation("Lease {Lease} of run {Run} has ended: {State}", lease.Id, lease.RunId, lease.State);
        Note(new(JournalEntry.Closed, lease.Id, clock.Time.GetUtcNow(), State: lease.State));
    }

    private void Note(JournalEntry entry)
    {
        try
        {
            journal.Append(entry);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            log.LogError(
                e,
                "The end of lease {Lease} could not be journalled; the fault itself is gone",
                entry.LeaseId
            );
        }
    }

    private static bool IsOfDisk(Exception e) =>
        e is IOException or ObjectDisposedException or UnauthorizedAccessException;
}
