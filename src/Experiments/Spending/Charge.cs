using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Spending;

// Events of the bill of a run. These names and shapes are what is stored.
public sealed record BudgetCharged(
    About About,
    Guid RunId,
    IReadOnlyList<BudgetCharge> Charges,
    bool Complete,
    DateTimeOffset At
);

public sealed record BudgetReconciled(
    About About,
    Guid RunId,
    IReadOnlyList<BudgetComparison> Comparisons,
    bool Agrees,
    DateTimeOffset At
);

/// <summary>The bill of one run. A stream of its own: counts come late, and an ended run is not changed any more.</summary>
public sealed record Charge
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Guid RunId { get; init; }
    public About About { get; init; } = null!;
    public IReadOnlyList<BudgetCharge> Charges { get; init; } = [];
    public bool Complete { get; init; }
    public DateTimeOffset At { get; init; }
    public IReadOnlyList<BudgetComparison>? Comparisons { get; init; }
    public bool? Agrees { get; init; }

    public static Guid IdOf(Guid run) => StableId.From("charge", run.ToString());

    public static Charge Create(BudgetCharged e) =>
        new()
        {
            RunId = e.RunId,
            About = e.About,
            Charges = e.Charges,
            Complete = e.Complete,
            At = e.At,
        };

    public Charge Apply(BudgetReconciled e) => this with { Comparisons = e.Comparisons, Agrees = e.Agrees };
}

/// <summary>What a run has cost, and whether others see it the same way.</summary>
public static class Charging
{
    /// <summary>How long late counts, and Budgets' own word, are waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Failures in a report that were not to be expected anyway, whoever they are put down to.</summary>
    public static long Beyond(SpendReport report) => report.Bad - Background(report);

    public static BudgetCharge Of(BudgetStatus budget, SpendReport report) =>
        new(
            budget.Objective,
            budget.Service,
            Beyond(report),
            Background(report),
            budget.AllowedBad == 0 ? null : Math.Round((decimal)Beyond(report) / budget.AllowedBad, 6)
        );

    /// <summary>Nothing as long as counts of the run may still come.</summary>
    public static Decision Charge(
        Run run,
        IReadOnlyList<(BudgetStatus Budget, SpendReport Report)> seen,
        DateTimeOffset now
    )
    {
        if (run.EndedAt is not { } ended)
            return [];
        var complete = seen.All(one => one.Budget.Watermark >= ended);
        return complete || now >= ended + Patience
            ? [new BudgetCharged(run.About, run.Id, [.. seen.Select(one => Of(one.Budget, one.Report))], complete, now)]
            : [];
    }

    /// <summary>Nothing as long as Budgets has not put anything down to the run and may still do so.</summary>
    /// <param name="charge">The bill.</param>
    /// <param name="attributed">What Budgets puts down to the run, by objective; null for one where it has not yet.</param>
    /// <param name="now">When.</param>
    public static Decision Reconcile(Charge charge, IReadOnlyDictionary<string, long?> attributed, DateTimeOffset now)
    {
        if (charge.Comparisons is not null)
            return [];
        var waiting = charge.Charges.Any(line => line.Failures > 0 && attributed[line.Objective] is null);
        if (waiting && now < charge.At + Patience)
            return [];
        IReadOnlyList<BudgetComparison> compared =
        [
            .. charge.Charges.Select(line => Compare(line, attributed[line.Objective] ?? 0)),
        ];
        return [new BudgetReconciled(charge.About, charge.RunId, compared, compared.All(one => one.Agrees), now)];
    }

    private static BudgetComparison Compare(BudgetCharge line, long attributed) =>
        new(
            line.Objective,
            line.Failures,
            attributed,
            Math.Abs(line.Failures - attributed) * 100 <= Math.Max(line.Failures, attributed)
        );

    private static long Background(SpendReport report) =>
        report.Parts.Where(part => part.Kind == CauseKind.Background).Sum(part => part.Bad);
}
