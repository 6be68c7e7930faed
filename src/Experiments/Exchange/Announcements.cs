using JasperFx.Events;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;
using Contract = Steady.Contracts.Experiments;

namespace Steady.Experiments.Exchange;

/// <summary>What stored events mean to others. What is not named here stays private.</summary>
public static class Announcements
{
    public static object? Announce(IEvent stored) =>
        stored.Data switch
        {
            RunRefused e => new Contract.RunRefused(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.Reason,
                e.About.By,
                e.At
            ),
            RunStarted e => new Contract.RunStarted(
                stored.StreamId,
                e.ExperimentId,
                e.About.Experiment,
                e.About.Edge,
                e.About.Services,
                e.About.By,
                e.At
            ),
            FaultInjected e => new Contract.FaultInjected(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.About.Edge,
                e.RungNumber,
                e.Rung,
                e.About.By,
                e.At
            ),
            FaultReverted e => new Contract.FaultReverted(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.About.Edge,
                e.RungNumber,
                e.By,
                e.At
            ),
            RungJudged e => new Contract.RungJudged(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.RungNumber,
                e.Rung,
                e.Held,
                e.Good,
                e.Bad,
                e.About.By,
                e.At
            ),
            _ => AnnounceEnd(stored),
        };

    private static object? AnnounceEnd(IEvent stored) =>
        stored.Data switch
        {
            RunHalted e => new Contract.RunHalted(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.Reason,
                e.Finding,
                e.About.StartedAt,
                e.By,
                e.At,
                e.BreakingPoint,
                e.Was
            ),
            // The run had ended before, but only now every fault is known to be out.
            RevertConfirmed e => new Contract.RunHalted(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                $"Confirmed: {e.Evidence}",
                e.Finding,
                e.About.StartedAt,
                e.By,
                e.At
            ),
            RunConcluded e => new Contract.RunConcluded(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.Verdict,
                e.Finding,
                e.About.StartedAt,
                e.About.By,
                e.At,
                e.BreakingPoint,
                e.Was
            ),
            RevertUnconfirmed e => new Contract.RevertUnconfirmed(
                stored.StreamId,
                e.About.Experiment,
                e.About.Services,
                e.About.Edge,
                e.Detail,
                e.About.StartedAt,
                e.About.By,
                e.At
            ),
            LeverEngaged e => new Contract.LeverEngaged(e.Environment, e.Reason, e.By, e.At),
            LeverReleased e => new Contract.LeverReleased(e.Environment, e.Reason, e.By, e.At),
            BudgetCharged e => new Contract.BudgetCharged(
                e.RunId,
                e.About.Experiment,
                e.About.Services,
                e.Charges,
                e.Complete,
                e.At
            ),
            BudgetReconciled e => new Contract.BudgetReconciled(
                e.RunId,
                e.About.Experiment,
                e.About.Services,
                e.Comparisons,
                e.Agrees,
                e.At
            ),
            BlackoutDeclared e => new Contract.BlackoutDeclared(e.Environment, e.Name, e.Window, e.Reason, e.By, e.At),
            BlackoutLifted e => new Contract.BlackoutLifted(e.Environment, e.Name, e.Reason, e.By, e.At),
            _ => GameDayAnnouncements.Announce(stored),
        };
}
