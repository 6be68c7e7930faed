namespace Steady.Contracts.Experiments;

/// <summary>What a run has set aside of one error budget before it began.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Service">Its service.</param>
/// <param name="Allowed">Failures that the objective allowed when the run began.</param>
/// <param name="Failures">How many of them the run may spend.</param>
/// <param name="PerSecond">Events a second before the run; rounded for reading.</param>
/// <param name="CountedUntil">Until when events had been counted.</param>
public sealed record BudgetReservation(
    string Objective,
    string Service,
    long Allowed,
    long Failures,
    decimal PerSecond,
    DateTimeOffset CountedUntil
);

/// <summary>What a run has cost one error budget.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Service">Its service.</param>
/// <param name="Failures">Failures while the run went on, without the background's.</param>
/// <param name="Background">Failures that were to be expected without it.</param>
/// <param name="ShareOfBudget">Those failures as a share of all that the objective allows, rounded for reading; null when it allows none.</param>
public sealed record BudgetCharge(
    string Objective,
    string Service,
    long Failures,
    long Background,
    decimal? ShareOfBudget
);

/// <summary>What a run was charged with, beside what Budgets puts down to it.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Charged">Failures that the run was charged with.</param>
/// <param name="Attributed">Failures that Budgets puts down to it.</param>
/// <param name="Agrees">Whether the two are at most 1 % apart.</param>
public sealed record BudgetComparison(string Objective, long Charged, long Attributed, bool Agrees);

/// <summary>The error budget of a run: what it set aside, what it cost, and whether Budgets sees it the same way.</summary>
/// <param name="RunId">The run.</param>
/// <param name="SpendAtMost">The share that its design sets aside; null when it sets none aside.</param>
/// <param name="Reserved">What that came to, budget by budget; every budget of whoever may feel the run.</param>
/// <param name="Charged">What the run cost the services of its blast radius; null until it is known.</param>
/// <param name="Complete">Whether everything up to the run's end had been counted when it was charged; null until then.</param>
/// <param name="Compared">The charge beside what Budgets says; null until that is known.</param>
/// <param name="Agrees">Whether every comparison agrees; null until it is known.</param>
public sealed record RunBudget(
    Guid RunId,
    decimal? SpendAtMost,
    IReadOnlyList<BudgetReservation> Reserved,
    IReadOnlyList<BudgetCharge>? Charged,
    bool? Complete,
    IReadOnlyList<BudgetComparison>? Compared,
    bool? Agrees
);
