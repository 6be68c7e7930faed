using System.Collections.Concurrent;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Spending;

/// <summary>
/// Follows what a run costs, budget by budget, once a second. When Budgets does not answer, or counts come late, the time
/// since the last count grows, and with it what may have failed: so the run ends by the same rule.
/// </summary>
public sealed class BudgetWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<BudgetReservation> reserved;
    private readonly DateTimeOffset since;
    private readonly SpendReader reader;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, SpendSeen> seen = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;

    public BudgetWatch(
        IReadOnlyList<BudgetReservation> reserved,
        DateTimeOffset start,
        SpendReader reader,
        TimeProvider clock
    )
    {
        (this.reserved, since, this.reader, this.clock) = (reserved, Reserving.Since(start), reader, clock);
        foreach (var budget in reserved)
            seen[budget.Objective] = new SpendSeen(0, 0, budget.CountedUntil);
        work = reserved.Count == 0 ? Task.CompletedTask : Task.WhenAll(reserved.Select(Follow));
    }

    /// <summary>Why the run has to stop; null while it is within its share.</summary>
    public string? Breach() =>
        reserved
            .Select(budget => Reserving.Breach(budget, seen[budget.Objective], since, clock.GetUtcNow()))
            .FirstOrDefault(breach => breach is not null);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
    }

    private async Task Follow(BudgetReservation budget)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                // The mark is read first: what is counted between the two answers is in the report all the same.
                var mark = (await reader.Status(budget.Objective, stopping.Token))?.Watermark;
                var report = await reader.Spend(budget.Objective, since, clock.GetUtcNow(), stopping.Token);
                if (mark is { } counted && report is not null)
                    seen[budget.Objective] = new SpendSeen(Charging.Beyond(report), report.Good + report.Bad, counted);
                await Task.Delay(Period, clock, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }
}
