using Steady.Contracts.Faults;

namespace Steady.Experiments.Faults;

/// <summary>
/// Renews one lease every third of its time. When the agent refuses, or has not answered for two thirds of it, the lease
/// counts as lost: a fault that may end at any moment proves nothing.
/// </summary>
public sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private volatile string? lost;

    private readonly Func<string?> forbidden;

    /// <param name="agent">Where the lease is.</param>
    /// <param name="lease">Which.</param>
    /// <param name="terms">How it is renewed.</param>
    /// <param name="forbidden">Why it may not be renewed any more; null while it may.</param>
    /// <param name="clock">The time.</param>
    public LeaseKeeper(
        FaultAgentClient agent,
        Guid lease,
        RenewLease terms,
        Func<string?> forbidden,
        TimeProvider clock
    )
    {
        Lease = lease;
        this.forbidden = forbidden;
        work = Keep(agent, terms, clock);
    }

    public Guid Lease { get; }

    /// <summary>Why the lease is lost; null while it is kept.</summary>
    public string? Lost => lost;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Keep(FaultAgentClient agent, RenewLease terms, TimeProvider clock)
    {
        try
        {
            await Renew(agent, terms, clock);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            lost = $"The lease of the fault is no longer renewed: {e.Message}";
        }
    }

    private async Task Renew(FaultAgentClient agent, RenewLease terms, TimeProvider clock)
    {
        var third = TimeSpan.FromSeconds(terms.TtlSeconds) / 3;
        var kept = clock.GetTimestamp();
        while (lost is null)
        {
            await Task.Delay(third, clock, stop.Token);
            if ((lost = forbidden()) is not null)
                return;
            using var limit = new CancellationTokenSource(third, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
            var asked = clock.GetTimestamp();
            var answer = await Ask(agent, terms, both.Token);
            if (answer.Value is not null)
                kept = asked;
            else if (answer.Refused || clock.GetElapsedTime(kept) >= third * 2)
                lost = $"The lease of the fault was lost. {answer.Problem}";
        }
    }

    private async Task<Answer<LeaseView>> Ask(FaultAgentClient agent, RenewLease terms, CancellationToken limit)
    {
        try
        {
            return await agent.Renew(Lease, terms, limit);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(null, "The fault agent did not answer in time.", false);
        }
    }
}
