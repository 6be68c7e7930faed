using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Leases;

/// <summary>Opens the undo journal and starts the lease book with what it says.</summary>
public sealed class JournalKeeper(
    IConfiguration configuration,
    InjectorList injectors,
    AgentClock clock,
    ILogger<LeaseBook> log
) : IDisposable
{
    private Journal? journal;

    public LeaseBook OpenBook()
    {
        IReadOnlyList<JournalEntry> remembered = [];
        journal = Journal.Open(
            PathFrom(configuration),
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
        var book = new LeaseBook(injectors, clock, journal, log);
        book.Remember(remembered.Select(Undo.Remember));
        return book;
    }

    /// <summary>Where the journal is.</summary>
    public static string PathFrom(IConfiguration configuration) =>
        configuration["Journal:Path"] ?? Path.Combine(".local", "fault-agent", "journal.jsonl");

    public void Dispose() => journal?.Dispose();
}
