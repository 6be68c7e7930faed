using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>"Your target is above what you stand on": the most that is reachable when every part just meets its own target. Pure.</summary>
public static class Ceilings
{
    /// <summary>Of a composite: its graph over its parts' targets.</summary>
    public static DependencyCeiling Of(DefineComposite terms, Func<string, decimal> target)
    {
        var most = Most(terms.Graph, target);
        IReadOnlyList<string> names = [.. CompositeCheck.Objectives(terms.Graph)];
        return new(
            names,
            most.Rounded(9),
            terms.Target <= most,
            Sentence(terms.Target, most, Print(terms.Graph, target))
        );
    }

    /// <summary>Of an objective: the product of its hard dependencies' targets.</summary>
    public static DependencyCeiling? Of(decimal wanted, IReadOnlyList<(string Name, decimal Target)> dependencies)
    {
        if (dependencies.Count == 0)
            return null;
        var targets = dependencies.Select(one => (Rational)one.Target).ToList();
        var most = CompositeMaths.Serial(targets);
        return new(
            [.. dependencies.Select(one => one.Name)],
            most.Rounded(9),
            CompositeMaths.IsFeasible(wanted, targets),
            Sentence(wanted, most, string.Join(" · ", targets.Select(one => one.Print(9))))
        );
    }

    /// <summary>The most that a part can reach.</summary>
    public static Rational Most(CompositePart part, Func<string, decimal> target) =>
        part.Kind == CompositeKind.Objective
            ? target(part.Objective!)
            : Together(part.Kind, part.Parts!.Select(inner => (Most(inner, target), (Rational)(inner.Weight ?? 1))));

    public static Rational Together(CompositeKind kind, IEnumerable<(Rational Availability, Rational Weight)> parts) =>
        kind switch
        {
            CompositeKind.Parallel => CompositeMaths.Parallel(parts.Select(part => part.Availability)),
            CompositeKind.Weighted => CompositeMaths.Missing(parts),
            _ => CompositeMaths.Serial(parts.Select(part => part.Availability)),
        };

    private static string Sentence(Rational wanted, Rational most, string terms)
    {
        // A single term is the figure.
        var figures = terms == most.Print(9) ? terms : $"{terms} = {most.Print(9)}";
        return wanted <= most
            ? $"{figures}: {wanted.Print(9)} is reachable."
            : $"{figures}: the target of {wanted.Print(9)} is above what it stands on. "
                + $"By the rule of the extra nine each should be at {CompositeMaths.ExtraNine(wanted).Print(10)}.";
    }

    private static string Print(CompositePart part, Func<string, decimal> target) =>
        part.Kind switch
        {
            CompositeKind.Objective => ((Rational)target(part.Objective!)).Print(9),
            CompositeKind.Parallel => $"(1 − {Join(part, target, " · ", one => $"(1 − {one})")})",
            CompositeKind.Weighted => $"(1 − {Join(part, target, " − ", one => $"(1 − {one})", weighted: true)})",
            _ => part.Parts!.Count == 1 ? Print(part.Parts[0], target) : $"({Join(part, target, " · ", one => one)})",
        };

    private static string Join(
        CompositePart part,
        Func<string, decimal> target,
        string by,
        Func<string, string> form,
        bool weighted = false
    ) =>
        string.Join(
            by,
            part.Parts!.Select(one =>
                (weighted ? $"{((Rational)(one.Weight ?? 1)).Print(4)} · " : "") + form(Print(one, target))
            )
        );
}
