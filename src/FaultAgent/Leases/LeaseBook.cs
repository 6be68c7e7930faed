using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Leases;

/// <summary>
/// The leases in force and the recently ended ones. Says yes or no by the rules in <see cref="Lease"/>, writes the journal
/// before a fault and takes the fault away before the journal.
/// </summary>
public sealed class LeaseBook(InjectorList injectors, AgentClock clock, Journal journal, ILogger<LeaseBook> log)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);
    private readonly JournalNotes notes = new(journal, clock, log);
    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Holding> holdings = [];

    /// <summary>Takes over what is known of leases before this agent's time; all of it has ended.</summary>
    public void Remember(IEnumerable<Lease> ended)
    {
        lock (gate)
            foreach (var lease in ended)
                holdings[lease.Id] = new(lease, Closed: true);
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
                    .Select(held => held.View(now)),
            ];
    }

    /// <summary>One lease, with what its fault is seen to have done by now.</summary>
    public async Task<LeaseView?> Find(Guid id)
    {
        if (Holds(id) is not { } known || known.Lease.RunId == Guid.Empty)
            return null;
        try
        {
            await (known.Fault?.Probe() ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            // What was seen before is still true; that it cannot be looked at now is no reason to say nothing.
            log.LogWarning(e, "What lease {Lease} does cannot be seen", id);
        }

        return Holds(id)!.View(clock.Now);
    }

    /// <summary>Places a lease: checked, journalled on disk, then armed and injected.</summary>
    public async Task<(LeaseView? Lease, bool Created, Refusal? Refusal)> Place(Guid id, PlaceLease command)
    {
        if (Lease.Check(command) is { } invalid)
            return (null, false, invalid);
        if (injectors.Find(command.Injector) is not { } injector)
            return (null, false, Lease.Invalid($"injector is {command.Injector}; this agent has {injectors.Names}."));
        lock (gate)
        {
            var now = clock.Now;
            if (holdings.TryGetValue(id, out var held))
                return held.Lease switch
                {
                    var lease when !lease.IsLive(now) => (null, false, lease.Ended(now)),
                    var lease when lease.IsAskedBy(command) => (held.View(now), false, null),
                    _ => (null, false, Lease.Taken(id)),
                };
            if (Fence(command.RunId) is var fence && command.Epoch < fence)
                return (null, false, Lease.Fenced(command.RunId, command.Epoch, fence));
            if (injector.Refuses(command) is { } refused)
                return (null, false, refused);
            Keep(new(Lease.Place(id, command, now), new HeldFault(injector.Make(id, command))));
        }
        if (notes.Opened(id, command) is { } unwritten)
        {
            lock (gate)
                holdings[id] = End(holdings[id], holdings[id].Lease.Revert(clock.Now)) with { Closed = true };
            return (null, false, unwritten);
        }
        return await Inject(id) is { } refusal ? (null, false, refusal) : (Holds(id)!.View(clock.Now), true, null);
    }

    public async Task<(LeaseView? Lease, Refusal? Refusal)> Renew(Guid id, RenewLease command)
    {
        Holding held;
        bool takenOver;
        lock (gate)
        {
            if (!holdings.TryGetValue(id, out var known) || known.Lease.RunId == Guid.Empty)
                return (null, Lease.Unknown(id));
            var now = clock.Now;
            var (lease, refusal) = known.Lease.Renew(command, Fence(known.Lease.RunId), now);
            if (refusal is not null)
                return (null, refusal);
            takenOver = lease.Epoch > known.Lease.Epoch;
            held = holdings[id] = known with { Lease = lease };
            held.Timer?.Change(lease.Deadline - now, Timeout.InfiniteTimeSpan);
        }
        if (takenOver)
            notes.Fenced(id, command.Epoch);
        try
        {
            await held.Fault!.Renew(held.Lease.Deadline);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Lease {Lease} could not be renewed where its fault is; it is taken back", id);
            await Expire(id, lost: true);
            return (null, Holds(id)!.Lease.Ended(clock.Now));
        }
        return (Holds(id)!.View(clock.Now), null);
    }

    /// <summary>
    /// Takes a fault back, and answers when it is gone. For a lease that never came it makes sure that it never will.
    /// </summary>
    /// <exception cref="FaultStuckException">It is not gone. It ends by its own deadline; asking again tries again.</exception>
    public async Task<LeaseReverted> Revert(Guid id)
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
        await TakeOutNow(held);
        return new(id, wasLive, held.Lease.State, held.Fault?.Effect ?? FaultEffect.None);
    }

    /// <summary>Takes back all faults, or all of one run, or all on one target. All are tried before one that stays is told.</summary>
    /// <exception cref="FaultStuckException">One of them is not gone.</exception>
    public async Task<LeasesReverted> RevertAll(Guid? run = null, string? proxy = null)
    {
        Guid[] ids;
        var now = clock.Now;
        lock (gate)
            ids =
            [
                .. holdings
                    .Values.Where(held => held.Lease.IsLive(now) || held.Fault is { IsGone: false })
                    .Select(held => held.Lease)
                    .Where(lease => (run ?? lease.RunId) == lease.RunId)
                    .Where(lease => (proxy ?? lease.Placed.Proxy) == lease.Placed.Proxy)
                    .Select(lease => lease.Id),
            ];
        var (live, stuck) = (new List<Guid>(), default(FaultStuckException));
        foreach (var id in ids)
        {
            try
            {
                if ((await Revert(id)).WasLive)
                    live.Add(id);
            }
            catch (FaultStuckException e)
            {
                stuck = e;
            }
        }
        return stuck is null ? new(live) : throw stuck;
    }

    private async Task<Refusal?> Inject(Guid id)
    {
        var held = Watched(id);
        try
        {
            await held.Fault!.Begin(() => Holds(id)!.Lease.Deadline);
        }
        catch (Exception e)
        {
            // Whatever it was, nothing of it stays.
            log.LogWarning(e, "Lease {Lease} is refused: its fault could not be brought in", id);
            await Expire(id, lost: true);
            return (e as FaultRefusedException)?.Refusal ?? Lease.Failed(e);
        }
        var (placed, spec) = (held.Lease.Placed, held.Lease.Placed.Toxic);
        log.LogWarning("Lease {Lease} of run {Run}: {Type} on {Proxy}", id, placed.RunId, spec.Type, placed.Proxy);
        return null;
    }

    // From here on the lease ends by itself, whatever becomes of the fault meanwhile.
    private Holding Watched(Guid id)
    {
        lock (gate)
        {
            var held = holdings[id];
            if (!held.Lease.IsLive(clock.Now))
                return held;
            _ = held.Fault!.Lost.ContinueWith(_ => Expire(id, lost: true), TaskScheduler.Default);
            var left = held.Lease.Deadline - clock.Now;
            var timer = clock.Time.CreateTimer(_ => _ = Expire(id), null, left, Timeout.InfiniteTimeSpan);
            return holdings[id] = held with { Timer = timer };
        }
    }

    // Where the fault is, the deadline was kept already; this sees that it is gone, as often as it takes.
    private async Task Expire(Guid id, bool lost = false)
    {
        Holding held;
        lock (gate)
        {
            if (!holdings.TryGetValue(id, out var known) || known.Lease.State != LeaseState.Live)
                return;
            var now = clock.Now;
            var lease = lost ? known.Lease.Revert(now) : known.Lease.At(now);
            if (lease.State == LeaseState.Live)
            {
                known.Timer?.Change(lease.Deadline - now, Timeout.InfiniteTimeSpan);
                return;
            }
            held = End(known, lease);
        }
        await TakeOutNow(held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Says when it is stuck, and goes on trying all the same.
    private async Task TakeOutNow(Holding held)
    {
        try
        {
            await TakeOut(held);
        }
        catch (FaultStuckException) when (held.Fault!.IsFirstToBeStuck())
        {
            _ = TakeOutLater(held);
            throw;
        }
    }

    private async Task TakeOutLater(Holding held)
    {
        while (!held.Fault!.IsGone)
        {
            await Task.Delay(Again, clock.Time);
            await TakeOut(held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeOut(Holding held)
    {
        try
        {
            await (held.Fault?.End() ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            log.LogError(e, "The fault of lease {Lease} is not gone", held.Lease.Id);
            throw new FaultStuckException(held.Lease.Id, e);
        }
        lock (gate)
        {
            if (holdings.GetValueOrDefault(held.Lease.Id) is not { Closed: false } open)
                return;
            holdings[held.Lease.Id] = open with { Closed = true };
        }
        notes.Closed(held.Lease);
    }

    private Holding? Holds(Guid id)
    {
        lock (gate)
            return holdings.GetValueOrDefault(id);
    }

    private Holding End(Holding held, Lease ended)
    {
        held.Timer?.Dispose();
        return holdings[held.Lease.Id] = held with { Lease = ended, Timer = null };
    }

    private void Keep(Holding held)
    {
        holdings[held.Lease.Id] = held;
        for (var at = 0; holdings.Count > Undo.Remembered && at < holdings.Count; )
            if (holdings.GetAt(at).Value is { Closed: false } or { Lease.State: LeaseState.Live })
                at++;
            else
                holdings.RemoveAt(at);
    }

    private long Fence(Guid run) =>
        holdings.Values.Where(held => held.Lease.RunId == run).Select(held => held.Lease.Epoch).DefaultIfEmpty().Max();
}
