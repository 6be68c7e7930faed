using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Adjustments;

/// <summary>Changes the book of an objective's adjustments and, in the same transaction, what its budget leaves out.</summary>
public sealed class AdjustmentReader(
    IDocumentStore store,
    Streams streams,
    BurnWorker burn,
    IConfiguration configuration
)
{
    /// <summary>What the configuration says: <c>Adjustments:TwoPersons</c> and <c>Adjustments:MostOfWindow</c>.</summary>
    private AdjustmentRules Rules { get; } =
        new(
            configuration.GetValue("Adjustments:TwoPersons", AdjustmentRules.Standard.TwoPersons),
            configuration.GetValue("Adjustments:MostOfWindow", AdjustmentRules.Standard.MostOfWindow)
        );

    public async Task<Outcome> Change(
        string objective,
        Actor by,
        DateTimeOffset now,
        Func<AdjustmentBook?, Budget, AdjustmentRules, Decision> decide,
        CancellationToken stop
    )
    {
        var objectiveId = Edges.ObjectiveId(objective);
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Budget>(Budget.IdOf(objectiveId), stop) is not { } budget)
            return new Outcome.Missing();
        var id = AdjustmentBook.IdOf(objectiveId);
        ExclusionsSet? exclusions = null;
        var outcome = await streams.Decide<AdjustmentBook>(id, ExpectedVersion.Any, by, Decide, stop, with: Exclude);
        if (outcome is Outcome.Missing)
            outcome = await streams.Start<AdjustmentBook>(NewStream.Of(id), by, Decide(null), stop, with: Exclude);
        // Another one started it in between.
        if (outcome is Outcome.Taken or Outcome.Repeated)
            outcome = await streams.Decide<AdjustmentBook>(id, ExpectedVersion.Any, by, Decide, stop, with: Exclude);
        if (outcome is Outcome.Done { Appended: > 0 } && exclusions is not null)
            await burn.Judge([budget.Sli], stop);
        return outcome;

        Decision Decide(AdjustmentBook? book)
        {
            var decision = decide(book, budget, Rules);
            exclusions = Adjusting.Exclusions(book, decision, budget.Of, now);
            return decision;
        }

        void Exclude(IDocumentSession changes)
        {
            if (exclusions is not null)
                changes.Events.Append(budget.Id, exclusions);
        }
    }

    public async Task<AdjustmentView> Find(string objective, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var book = await session.LoadAsync<AdjustmentBook>(AdjustmentBook.IdOf(Edges.ObjectiveId(objective)), stop);
        return book!.Find(id)!;
    }
}
