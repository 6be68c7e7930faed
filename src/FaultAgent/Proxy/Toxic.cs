using System.Diagnostics.CodeAnalysis;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Proxy;

/// <summary>
/// A toxic in place. It is live until it is ended or its deadline passes, whichever is first, and everything that applies
/// it asks <see cref="IsLive"/> per piece of data: no timer has to fire for a fault to be over.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A token source without a timer holds nothing that must be given back."
)]
public sealed class Toxic(long ordinal, string name, FaultSpec spec, ToxicShape shape, AgentClock clock)
{
    private readonly CancellationTokenSource ended = new();
    private long deadline = long.MaxValue;
    private long connections;
    private long bytes;
    private long delayed;
    private long dropped;
    private long resets;
    private long closed;

    public long Ordinal => ordinal;
    public string Name => name;
    public string Stream => spec.Stream;
    public string Type => spec.Type;
    public double Toxicity => spec.Toxicity;
    public ToxicShape Shape => shape;

    /// <summary>The lease that holds it, if one does.</summary>
    public Guid? Lease { get; init; }

    /// <summary>Cancelled when the toxic is taken away, so that nothing sleeps on.</summary>
    public CancellationToken Ended => ended.Token;

    public FaultEffect Effect =>
        new(
            Interlocked.Read(ref connections),
            Interlocked.Read(ref bytes),
            Interlocked.Read(ref delayed),
            Interlocked.Read(ref dropped),
            Interlocked.Read(ref resets),
            Interlocked.Read(ref closed)
        );

    public bool IsLive(TimeSpan now) => !ended.IsCancellationRequested && now.Ticks < Interlocked.Read(ref deadline);

    /// <summary>Sets when it ends by itself, on the agent's clock.</summary>
    public void LiveUntil(TimeSpan moment) => Interlocked.Exchange(ref deadline, moment.Ticks);

    // Not Cancel(): the sleepers would then go on with their work on the thread of whoever reverts the fault.
    public void End() => _ = ended.CancelAsync();

    /// <summary>Waits until a moment, or until the toxic is over. Renewals on the way are respected.</summary>
    public async ValueTask WaitUntil(TimeSpan moment, CancellationToken stop)
    {
        for (var now = clock.Now; now < moment && IsLive(now); now = clock.Now)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, stop);
            var left = Math.Min(moment.Ticks, Interlocked.Read(ref deadline)) - now.Ticks;
            // Timers count whole milliseconds; rounding up keeps the loop from spinning through the last one.
            var sleep = TimeSpan.FromMilliseconds(Math.Ceiling((double)left / TimeSpan.TicksPerMillisecond));
            await Task.Delay(sleep, clock.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.ThrowIfCancellationRequested();
        }
    }

    public void CountDelayed(Grip grip, int size) => Count(grip, size, ref delayed);

    public void CountDropped(Grip grip, int size) => Count(grip, size, ref dropped);

    public void CountReset(Grip grip) => Count(grip, 0, ref resets);

    public void CountClosed(Grip grip, int size) => Count(grip, size, ref closed);

    private void Count(Grip grip, int size, ref long counter)
    {
        if (grip.FirstTouch())
            Interlocked.Increment(ref connections);
        Interlocked.Add(ref bytes, size);
        Interlocked.Increment(ref counter);
    }
}

/// <summary>What one toxic remembers of one connection.</summary>
public sealed class Grip(bool hits)
{
    private int touched;

    /// <summary>Whether the toxic applies to this connection at all; decided once.</summary>
    public bool Hits => hits;

    /// <summary>Bytes let through so far, for limits.</summary>
    public long Passed { get; set; }

    /// <summary>Pieces seen so far: each draws its own jitter.</summary>
    public long Pieces { get; set; }

    /// <summary>When a paced connection may send again.</summary>
    public TimeSpan FreeAt { get; set; }

    /// <summary>Data has been dropped, so the stream cannot go on once the toxic is over.</summary>
    public bool Lost { get; set; }

    public bool FirstTouch() => Interlocked.Exchange(ref touched, 1) == 0;
}
