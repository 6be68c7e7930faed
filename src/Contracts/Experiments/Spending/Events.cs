namespace Steady.Contracts.Experiments;

/// <summary>A run that has ended was charged with what it cost.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Services">The services inside its blast radius.</param>
/// <param name="Charges">What it cost, budget by budget; empty when no objective covers these services.</param>
/// <param name="Complete">Whether everything up to the run's end had been counted.</param>
/// <param name="At">When it was charged.</param>
public sealed record BudgetCharged(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    IReadOnlyList<BudgetCharge> Charges,
    bool Complete,
    DateTimeOffset At
);

/// <summary>What a run was charged with was laid beside what Budgets puts down to it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Services">The services inside its blast radius.</param>
/// <param name="Comparisons">Budget by budget.</param>
/// <param name="Agrees">False when they are more than 1 % apart for any of them: somebody should look.</param>
/// <param name="At">When.</param>
public sealed record BudgetReconciled(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    IReadOnlyList<BudgetComparison> Comparisons,
    bool Agrees,
    DateTimeOffset At
);
