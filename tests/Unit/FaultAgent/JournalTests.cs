using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlaceLease Command = new("checkout-ledger", Id(9), 3, new FaultSpec("latency"));
    private readonly string folder = Directory.CreateTempSubdirectory("steady-").FullName;

    private string Path => System.IO.Path.Combine(folder, "deep", "journal.jsonl");

    [Fact]
    public void A_lease_found_open_is_reverted_and_its_id_stays_dead()
    {
        using (var before = Journal.Open(Path, entries => entries))
            before.AppendDurably(new(JournalEntry.Opened, Id(1), Now, Command));
        var closed = Assert.Single(Replayed());
        Assert.Equal((JournalEntry.Closed, LeaseState.Reverted), (closed.Kind, closed.State));
        var lease = Undo.Remember(closed);
        Assert.Equal("lease-expired", lease.Renew(new RenewLease(3), 3, TimeSpan.Zero).Refusal?.Code);
        Assert.Equal((Command.RunId, 3), (lease.RunId, lease.Epoch));
    }

    [Fact]
    public void A_lease_keeps_the_way_it_ended_and_the_highest_epoch_it_saw()
    {
        using (var before = Journal.Open(Path, entries => entries))
        {
            before.AppendDurably(new(JournalEntry.Opened, Id(1), Now, Command));
            before.Append(new(JournalEntry.Fenced, Id(1), Now, Epoch: 7));
            before.Append(new(JournalEntry.Closed, Id(1), Now, State: LeaseState.Expired));
        }
        Replayed();
        var closed = Assert.Single(Replayed());
        Assert.Equal((LeaseState.Expired, 7L), (closed.State, closed.Epoch));
        Assert.Equal(Command, closed.Placed);
    }

    [Theory]
    [InlineData("{\"kind\":\"clos")]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("{}\n[]\nnull")]
    public void A_tail_that_a_crash_cut_short_is_passed_over(string tail)
    {
        using (var before = Journal.Open(Path, entries => entries))
            before.AppendDurably(new(JournalEntry.Opened, Id(1), Now, Command));
        File.AppendAllText(Path, tail);
        Assert.Equal(Id(1), Assert.Single(Replayed()).LeaseId);
    }

    [Fact]
    public void Only_leases_without_an_end_are_found_open()
    {
        JournalEntry[] entries =
        [
            new(JournalEntry.Opened, Id(1), Now, Command),
            new(JournalEntry.Opened, Id(2), Now, Command),
            new(JournalEntry.Closed, Id(1), Now, State: LeaseState.Reverted),
        ];
        Assert.Equal([Id(2)], Undo.FoundOpen(entries));
    }

    [Fact]
    public void The_journal_does_not_grow_for_ever()
    {
        var entries = Enumerable
            .Range(1, Undo.Remembered + 5)
            .Select(n => new JournalEntry(JournalEntry.Opened, Id(n), Now, Command));
        var kept = Undo.Replay(entries, Now);
        Assert.Equal(Undo.Remembered, kept.Count);
        Assert.Equal(Id(6), kept[0].LeaseId);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IReadOnlyList<JournalEntry> Replayed()
    {
        IReadOnlyList<JournalEntry> kept = [];
        using var journal = Journal.Open(Path, found => kept = Undo.Replay(found, Now));
        return kept;
    }

    private static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}
