using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Leases;

/// <summary>Opens the undo journal and starts the lease book with what it says.</summary>
public sealed class JournalKeeper(
    IConfiguration configuration,
    Proxies proxies,
    AgentClock clock,
    ILogger<LeaseBook> log
) : IDisposable
{
    private Journal? journal;

    public LeaseBook OpenBook()
    {
        IReadOnlyList<JournalEntry> remembered = [];
        var path = configuration["Journal:Path"] ?? Path.Combine(".local", "fault-agent", "journal.jsonl");
        journal = Journal.Open(
            path,
            found =>
            {
                foreach (var lease in Undo.FoundOpen(found))
                    log.LogWarning(
                        "Lease {Lease} was open when the agent before this one ended; it is reverted",
                        lease
                    );
                return remembered = Undo.Replay(found, clock.Time.GetUtcNow());
            }
        );
        var book = new LeaseBook(proxies, clock, journal, log);
        book.Remember(remembered.Select(Undo.Remember));
        return book;
    }

    public void Dispose() => journal?.Dispose();
}
