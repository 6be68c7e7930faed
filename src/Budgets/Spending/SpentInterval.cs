using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Steady.Budgets.Burn;
using Steady.Kernel;
using CauseKind = Steady.Contracts.Budgets.CauseKind;

namespace Steady.Budgets.Spending;

/// <summary>The interval of an incident or a run on one budget; kept for ever, while a budget's state forgets what left its window.</summary>
public sealed record SpentInterval(
    Guid Id,
    Guid BudgetId,
    CauseKind Kind,
    Guid CauseId,
    string Label,
    DateTimeOffset From,
    DateTimeOffset To
);

/// <summary>One document per budget and cause; told again with a longer interval, it is replaced.</summary>
public sealed partial class SpentIntervalProjection : EventProjection
{
    public void Project(IEvent<SpendAttributed> e, IDocumentOperations operations)
    {
        var spent = e.Data;
        operations.Store(
            new SpentInterval(
                StableId.From("spent", e.StreamId.ToString(), spent.CauseId.ToString()),
                e.StreamId,
                spent.Kind,
                spent.CauseId,
                spent.Label,
                spent.From,
                spent.To
            )
        );
    }
}
