using Steady.Contracts.Faults;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Leases;

/// <summary>
/// The leases in force and the recently ended ones. Says yes or no by the rules in <see cref="Lease"/>, writes the journal
/// before a fault and takes the fault away before the journal.
/// </summary>
public sealed class LeaseBook(Proxies proxies, AgentClock clock, Journal journal, ILogger<LeaseBook> log)
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Holding> holdings = [];

    private sealed record Holding(Lease Lease, EdgeProxy? Edge = null, Toxic? Toxic = null, ITimer? Timer = null);

    /// <summary>Takes over what is known of leases before this agent's time; all of it has ended.</summary>
    public void Remember(IEnumerable<Lease> ended)
    {
        lock (gate)
            foreach (var lease in ended)
                holdings[lease.Id] = new(lease);
    }

    public IReadOnlyList<LeaseView> All(Guid? run = null)
    {
        var now = clock.Now;
        lock (gate)
            return
            [
                .. holdings
                    .Values.Where(held =>
                        held.Lease.RunId != Guid.Empty && (run ?? held.Lease.RunId) == held.Lease.RunId
                    )
                    .Reverse()
                    .OrderByDescending(held => held.Lease.IsLive(now))
                    .Select(held => View(held, now)),
            ];
    }

    public LeaseView? Find(Guid id)
    {
        lock (gate)
            return holdings.GetValueOrDefault(id) is { } held && held.Lease.RunId != Guid.Empty
                ? View(held, clock.Now)
                : null;
    }

    /// <summary>Places a lease: checked, journalled on disk, then injected.</summary>
    public (LeaseView? Lease, bool Created, Refusal? Refusal) Place(Guid id, PlaceLease command)
    {
        if (Lease.Check(command) is { } invalid)
            return (null, false, invalid);
        var (shape, error) = ToxicShape.Parse(command.Toxic.Type, command.Toxic.Attributes);
        if (shape is null)
            return (null, false, Lease.Invalid(error!));
        if (!ToxicShape.IsStream(command.Toxic.Stream))
            return (null, false, Lease.Invalid("toxic.stream is neither downstream nor upstream."));
        lock (gate)
        {
            var now = clock.Now;
            if (holdings.TryGetValue(id, out var held))
                return held.Lease switch
                {
                    var lease when !lease.IsLive(now) => (null, false, lease.Ended(now)),
                    var lease when lease.IsAskedBy(command) => (View(held, now), false, null),
                    _ => (null, false, Taken(id)),
                };
            if (Fence(command.RunId) is var fence && command.Epoch < fence)
                return (null, false, Lease.Fenced(command.RunId, command.Epoch, fence));
            if (proxies.Find(command.Proxy) is not { } edge)
                return (null, false, UnknownProxy(command.Proxy));
            Keep(new(Lease.Place(id, command, now), edge));
        }
        return Record(new(JournalEntry.Opened, id, clock.Time.GetUtcNow(), command)) is { } refusal
            ? (null, false, refusal)
            : (Inject(id, command.Toxic, shape), true, null);
    }

    public (LeaseView? Lease, Refusal? Refusal) Renew(Guid id, RenewLease command)
    {
        LeaseView view;
        bool takenOver;
        lock (gate)
        {
            if (!holdings.TryGetValue(id, out var held) || held.Lease.RunId == Guid.Empty)
                return (null, UnknownLease(id));
            var now = clock.Now;
            var (lease, refusal) = held.Lease.Renew(command, Fence(held.Lease.RunId), now);
            if (refusal is not null)
                return (null, refusal);
            takenOver = lease.Epoch > held.Lease.Epoch;
            held = holdings[id] = held with { Lease = lease };
            held.Toxic?.LiveUntil(lease.Deadline);
            held.Timer?.Change(lease.Deadline - now, Timeout.InfiniteTimeSpan);
            view = View(held, now);
        }
        if (takenOver)
            Note(new(JournalEntry.Fenced, id, clock.Time.GetUtcNow(), Epoch: command.Epoch));
        return (view, null);
    }

    /// <summary>Takes a fault back. For a lease that never came it makes sure that it never will.</summary>
    public LeaseReverted Revert(Guid id)
    {
        bool wasLive;
        Holding held;
        lock (gate)
        {
            if (!holdings.TryGetValue(id, out var known))
                Keep(known = new(Undo.NeverPlaced(id)));
            var now = clock.Now;
            wasLive = known.Lease.IsLive(now);
            held = End(known, known.Lease.Revert(now));
        }
        if (wasLive || held.Lease.RunId == Guid.Empty)
            Close(held.Lease);
        return new(id, wasLive, held.Lease.State, held.Toxic?.Effect ?? FaultEffect.None);
    }

    /// <summary>Takes back all faults, or all of one run, or all on one edge.</summary>
    public LeasesReverted RevertAll(Guid? run = null, string? proxy = null)
    {
        Guid[] ids;
        var now = clock.Now;
        lock (gate)
            ids =
            [
                .. holdings
                    .Values.Select(held => held.Lease)
                    .Where(lease => lease.IsLive(now) && (run ?? lease.RunId) == lease.RunId)
                    .Where(lease => (proxy ?? lease.Placed.Proxy) == lease.Placed.Proxy)
                    .Select(lease => lease.Id),
            ];
        return new([.. ids.Where(id => Revert(id).WasLive)]);
    }

    private LeaseView Inject(Guid id, FaultSpec spec, ToxicShape shape)
    {
        lock (gate)
        {
            var held = holdings[id];
            var now = clock.Now;
            // Taken back, or run out, while the journal was being written: then there is nothing to put in place any more.
            if (!held.Lease.IsLive(now))
                return View(held, now);
            var toxic = proxies.Make($"lease-{id}", spec, shape, id);
            toxic.LiveUntil(held.Lease.Deadline);
            var timer = clock.Time.CreateTimer(
                _ => Expire(id),
                null,
                held.Lease.Deadline - now,
                Timeout.InfiniteTimeSpan
            );
            held = holdings[id] = held with { Toxic = toxic, Timer = timer };
            held.Edge!.Add(toxic);
            log.LogWarning(
                "Lease {Lease} of run {Run}: {Type} on {Proxy}",
                id,
                held.Lease.RunId,
                spec.Type,
                held.Edge.Name
            );
            return View(held, now);
        }
    }

    // The data path has honoured the deadline already; this clears the table and wakes what a dead toxic made wait.
    private void Expire(Guid id)
    {
        Lease lease;
        lock (gate)
        {
            if (!holdings.TryGetValue(id, out var held) || held.Lease.State != LeaseState.Live)
                return;
            var now = clock.Now;
            lease = held.Lease.At(now);
            if (lease.State == LeaseState.Live)
            {
                held.Timer?.Change(lease.Deadline - now, Timeout.InfiniteTimeSpan);
                return;
            }
            End(held, lease);
        }
        Close(lease);
    }

    private Holding End(Holding held, Lease ended)
    {
        if (held.Toxic is not null)
            held.Edge!.Remove(held.Toxic);
        held.Timer?.Dispose();
        return holdings[held.Lease.Id] = held with { Lease = ended, Timer = null };
    }

    private void Keep(Holding held)
    {
        holdings[held.Lease.Id] = held;
        for (var at = 0; holdings.Count > Undo.Remembered && at < holdings.Count; )
            if (holdings.GetAt(at).Value.Lease.State == LeaseState.Live)
                at++;
            else
                holdings.RemoveAt(at);
    }

    private long Fence(Guid run) =>
        holdings.Values.Where(held => held.Lease.RunId == run).Select(held => held.Lease.Epoch).DefaultIfEmpty().Max();

    private Refusal? Record(JournalEntry opened)
    {
        try
        {
            journal.AppendDurably(opened);
            return null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            log.LogError(e, "Lease {Lease} is refused: the undo journal cannot be written", opened.LeaseId);
            lock (gate)
                End(holdings[opened.LeaseId], holdings[opened.LeaseId].Lease.Revert(clock.Now));
            return new(
                503,
                "journal-unavailable",
                "Nothing was injected: the undo journal cannot be written. Free its disk."
            );
        }
    }

    private void Close(Lease lease)
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
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            log.LogError(
                e,
                "The end of lease {Lease} could not be journalled; the fault itself is gone",
                entry.LeaseId
            );
        }
    }

    private static Refusal Taken(Guid id) =>
        new(409, "lease-taken", $"Lease {id} is live with another fault. Place the new one under a new id.");

    private static Refusal UnknownLease(Guid id) =>
        new(404, "lease-unknown", $"Lease {id} is unknown here. Place it with PUT first.");

    private Refusal UnknownProxy(string name) =>
        new(
            404,
            "proxy-unknown",
            $"There is no proxied edge {name}. Known: {string.Join(", ", proxies.All.Select(edge => edge.Name))}."
        );

    private static LeaseView View(Holding held, TimeSpan now)
    {
        var lease = held.Lease.At(now);
        var live = lease.State == LeaseState.Live;
        return new(
            lease.Id,
            lease.RunId,
            lease.Epoch,
            lease.Placed.Proxy,
            lease.Placed.Toxic,
            lease.State,
            live ? Left(lease.Deadline, now) : 0,
            live ? Left(lease.HardStopAt, now) : 0,
            held.Toxic?.Effect ?? FaultEffect.None
        );
    }

    private static long Left(TimeSpan moment, TimeSpan now) => (long)Math.Ceiling((moment - now).TotalMilliseconds);
}
