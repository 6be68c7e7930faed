using Steady.Budgets.Burn;
using Steady.Kernel;

namespace Steady.Budgets.Composites;

/// <summary>What an objective stands on. Pure.</summary>
public static class Depending
{
    /// <param name="budget">The objective's budget.</param>
    /// <param name="names">What it is to depend on, in order.</param>
    /// <param name="known">Which of them there are.</param>
    /// <param name="now">When.</param>
    public static Decision Decide(
        Budget budget,
        IReadOnlyList<string> names,
        IReadOnlyCollection<Budget> known,
        DateTimeOffset now
    )
    {
        if (names.Except(known.Select(one => one.Name)).ToList() is { Count: > 0 } missing)
            return new Refusal(
                "dependency-unknown",
                $"There is no objective {string.Join(", ", missing)}. Name objectives that are defined."
            );
        // One step is enough to see: what it depends on must not depend on it.
        if (known.FirstOrDefault(one => one.Name == budget.Name || one.DependsOn.Contains(budget.Name)) is { } back)
            return new Refusal(
                "dependency-circular",
                $"{budget.Name} would stand on itself, by {back.Name}. Name objectives that do not depend on it."
            );
        return names.SequenceEqual(budget.DependsOn) ? [] : [new DependenciesDeclared(budget.Of, names, now)];
    }
}
