using Marten;
using Steady.Contracts.Budgets;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Spending;

/// <summary>
/// Charges runs that have ended with what they cost, and lays that beside what Budgets puts down to them. A run that ended
/// more than a day ago is left alone: who could not be asked for so long has lost the question.
/// </summary>
public sealed class ChargeWorker(
    IDocumentStore store,
    Streams streams,
    SpendReader reader,
    TimeProvider clock,
    ILogger<ChargeWorker> log
) : RepeatedWorker(TimeSpan.FromSeconds(2), clock, log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly Actor Rule = new("rule:charge");

    protected override async Task Look(CancellationToken stop)
    {
        await using var session = store.QuerySession();
        // Where nothing was brought in nothing was spent.
        var ended = await session.QueryAsync<Run>(
            "where data ->> 'state' in ('Concluded', 'Halted', 'RevertUnconfirmed') and (data ->> 'endedAt')::timestamptz > ? and jsonb_array_length(data -> 'rungs') > 0",
            stop,
            Clock.GetUtcNow() - Longest
        );
        var charges = (
            await session.LoadManyAsync<Charge>(stop, [.. ended.Select(run => Charge.IdOf(run.Id))])
        ).ToDictionary(charge => charge.RunId);
        foreach (var run in ended)
            if (!charges.TryGetValue(run.Id, out var charge))
                await Bill(run, stop);
            else if (charge.Comparisons is null)
                await Reconcile(run, charge, stop);
    }

    private async Task Bill(Run run, CancellationToken stop)
    {
        var found = await reader.Of(run.About.Services, stop);
        if (found.Problem is { } problem)
        {
            log.LogInformation("Run {Run} is not charged yet: {Problem}", run.Id, problem);
            return;
        }

        var seen = new List<(BudgetStatus, SpendReport)>();
        foreach (var budget in found.Budgets)
        {
            if (await Report(budget.Objective, run, TimeSpan.Zero, stop) is not { } report)
                return;
            seen.Add((budget, report));
        }

        var decision = Charging.Charge(run, seen, Clock.GetUtcNow());
        if (decision.Events.Count > 0)
            await streams.Start<Charge>(NewStream.Of(Charge.IdOf(run.Id)), Rule, decision, stop);
    }

    private async Task Reconcile(Run run, Charge charge, CancellationToken stop)
    {
        var attributed = new Dictionary<string, long?>();
        foreach (var line in charge.Charges)
        {
            // A coarser bucket that the run touches has begun before.
            if (await Report(line.Objective, run, TimeSpan.FromMinutes(1), stop) is not { } report)
                return;
            var parts = report.Parts.Where(part => part.CauseId == run.Id).ToList();
            attributed[line.Objective] = parts.Count == 0 ? null : parts.Sum(part => part.Bad);
        }

        var now = Clock.GetUtcNow();
        await streams.Decide<Charge>(
            charge.Id,
            ExpectedVersion.Any,
            Rule,
            state => Charging.Reconcile(state, attributed, now),
            stop
        );
    }

    private Task<SpendReport?> Report(string objective, Run run, TimeSpan earlier, CancellationToken stop) =>
        reader.Spend(objective, Reserving.Since(run.About.StartedAt) - earlier, run.EndedAt!.Value, stop);
}
