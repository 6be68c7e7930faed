using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.WhatIf;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>How a budget stood at one judged moment.</summary>
public readonly record struct SimulatedMoment(
    DateTimeOffset At,
    Tally Whole,
    bool Exhausted,
    bool PageOpen,
    bool AlertOpen
);

/// <summary>
/// Judges a budget over and over, as the live rule does, on the counts of each moment: the same reading, the same
/// judgement, the same state. Nothing is stored.
/// </summary>
public sealed class Simulation
{
    private readonly List<object> events = [];
    private readonly List<SimulatedMoment> moments = [];
    private readonly CountHistory counts;

    /// <param name="budget">The budget; its terms are what is tried, and its state is forgotten.</param>
    /// <param name="counts">Counts from a longest window before the beginning on.</param>
    /// <param name="range">The moments at which it is judged.</param>
    public Simulation(Budget budget, CountHistory counts, HistoryRange range)
    {
        (Budget, this.counts) = (Fresh(budget), counts);
        var replay = new Replay(Budget, counts);
        foreach (var at in range.Points())
        {
            var reading = replay.At(at);
            foreach (var decided in Judging.Decide(Budget, reading, at).Events)
            {
                events.Add(decided);
                Budget = Applied(Budget, decided);
            }

            var page = Budget.Alerts.Any(alert => alert.Severity == BurnSeverity.Page);
            moments.Add(new(at, reading.Whole(Budget.Terms), Budget.Exhausted, page, Budget.Alerts.Count > 0));
        }
    }

    /// <summary>The budget as it is at the end.</summary>
    public Budget Budget { get; private set; }

    /// <summary>All that was decided, in order.</summary>
    public IReadOnlyList<object> Events => events;

    /// <summary>How it stood, oldest first.</summary>
    public IReadOnlyList<SimulatedMoment> Moments => moments;

    /// <summary>The newest judgement at or before a moment; null before the first one.</summary>
    public SimulatedMoment? At(DateTimeOffset at)
    {
        var found = moments.FindLastIndex(moment => moment.At <= at);
        return found < 0 ? null : moments[found];
    }

    /// <summary>The same counts by the same terms, with other periods left out.</summary>
    public Replay Without(IReadOnlyList<Interval> exclusions) => new(Budget with { Exclusions = exclusions }, counts);

    /// <summary>The budget without anything that was decided about it.</summary>
    public static Budget Fresh(Budget budget) =>
        budget with
        {
            Alerts = [],
            Exhausted = false,
            ExhaustedAt = null,
            Threshold = 0,
            GapSince = null,
            Troubled = false,
            Retired = false,
            JudgedAt = DateTimeOffset.MinValue,
        };

    /// <summary>The budget by other terms.</summary>
    public static Budget With(Budget budget, ObjectiveTerms terms) =>
        budget with
        {
            Of = budget.Of with { Unit = BudgetTerms.UnitOf(terms.Method) },
            Terms = terms,
            Target = terms.Target,
            Window = terms.Windows[0].Duration,
        };

    private static Budget Applied(Budget budget, object decided) =>
        decided switch
        {
            BurnAlertOpened e => budget.Apply(e),
            BurnAlertEscalated e => budget.Apply(e),
            BurnAlertClosed e => budget.Apply(e),
            BudgetExhausted e => budget.Apply(e),
            BudgetRestored e => budget.Apply(e),
            ThresholdCrossed e => budget.Apply(e),
            WindowRolled e => budget.Apply(e),
            _ => budget,
        };
}
