using System.Globalization;
using Marten;
using Steady.Budgets.Counts;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// How a budget stood at a moment, by what was known then: its events up to that moment, and the counts that had come in.
/// Told by whole minutes; asked again at any later time, the answer is the same.
/// </summary>
public sealed class BudgetAsOfEdges(CountSums counts, CountPolicy policy, TimeProvider clock)
{
    public async Task<IResult> Read(Guid id, DateTimeOffset asOf, IQuerySession session, CancellationToken stop)
    {
        var moment = asOf.Down(Horizons.Minute);
        var now = clock.GetUtcNow();
        // A flush takes half a minute at most, and clocks may differ by the other half.
        var (first, last) = (now - policy.KeepMinutes, now - policy.Grace - Horizons.Minute);
        if (moment < first || moment > last)
        {
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"This moment cannot be answered for good. Ask for one from {first:O} to {last:O}."
            );
            return Answers.Problem(400, "as-of-out-of-reach", detail);
        }

        var budget = await session.Events.AggregateStreamAsync<Budget>(id, timestamp: moment.UtcDateTime, token: stop);
        if (budget is null)
            return Answers.Missing();
        var reader = new BudgetReader(counts.AsOf(moment));
        var failed = await reader.Failed(budget, moment, stop);
        var reading = await reader.ReadParts(budget, moment, stop);
        // By the causes of the budget's own stream: what else may have been at work is not known as of a moment.
        var spend = Attribution.Shares(
            budget.Causes,
            failed,
            reading.Whole(budget.Terms),
            BurnRates.MayFail(budget.Target)
        );
        return TypedResults.Ok(Statuses.Of(budget, reading, spend, moment, Forecasting.Of(budget, reading)));
    }
}
