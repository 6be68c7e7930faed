using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>What was counted for one objective over a composite's window.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Whole">Good and bad over the window, in the unit of its method.</param>
/// <param name="BadSlices">For timeslices: starts of the slices that were bad, and of those that had events.</param>
public sealed record PartCounts(
    decimal Target,
    Tally Whole,
    (IReadOnlySet<DateTimeOffset> Bad, IReadOnlySet<DateTimeOffset> Observed)? Slices = null
)
{
    public Rational? Availability => BudgetMaths.Indicator(Whole.Good, (Rational)Whole.Good + Whole.Bad);
}

/// <summary>How a composite stands, from the counts of its parts. Pure.</summary>
public static class CompositeStatuses
{
    /// <param name="composite">The composite.</param>
    /// <param name="parts">What was counted for its parts over its window.</param>
    /// <param name="now">The moment of the figures.</param>
    /// <param name="reading">What its alerts are judged by, when that is to be told.</param>
    public static CompositeStatus Of(
        Composite composite,
        IReadOnlyDictionary<string, PartCounts> parts,
        DateTimeOffset now,
        CompositeReading? reading = null
    )
    {
        var terms = composite.Terms;
        var bySlices = terms.Method == BudgetingMethod.Timeslices;
        var slices = bySlices ? Slices(terms.Graph, parts) : default;
        var availability = bySlices
            ? BudgetMaths.Indicator(slices.Good, (Rational)slices.Good + slices.Bad)
            : Availability(terms.Graph, parts);
        var burn = bySlices ? Burn(terms, slices) : Burn(terms, parts);
        return new(
            composite.Id,
            composite.Version,
            composite.Name,
            terms.DisplayName,
            terms.Service,
            terms.Target,
            terms.Window,
            terms.Method,
            availability?.Rounded(9),
            burn?.Rounded(6),
            (1 - burn)?.Rounded(6),
            bySlices ? slices.Good : null,
            bySlices ? slices.Bad : null,
            Ceilings.Of(terms, name => parts[name].Target),
            Part(terms.Graph, parts),
            [.. CompositeCheck.Objectives(terms.Graph).Where(name => parts[name].Whole.Total == 0).Order()],
            now,
            [.. composite.Alerts.OrderBy(alert => alert.Severity).ThenByDescending(alert => alert.Factor)],
            reading is null ? null : [.. reading.Windows.Select(window => window.View())],
            terms.SliceSeconds
        );
    }

    /// <summary>How fast the budget is spent over the time that the parts were counted in; null when a part has no data.</summary>
    public static Rational? Burn(DefineComposite terms, IReadOnlyDictionary<string, PartCounts> parts) =>
        terms is { Method: BudgetingMethod.Occurrences, Graph.Kind: CompositeKind.Weighted }
            ? Burn(terms.Graph, parts)
            : (1 - Availability(terms.Graph, parts)) / (1 - (Rational)terms.Target);

    /// <summary>The same of slices.</summary>
    public static Rational? Burn(DefineComposite terms, Tally slices) =>
        (1 - BudgetMaths.Indicator(slices.Good, (Rational)slices.Good + slices.Bad)) / (1 - (Rational)terms.Target);

    /// <summary>Serial: product. Parallel: one is enough. Weighted: weights multiply what is missing. Null when a part has no data.</summary>
    public static Rational? Availability(CompositePart part, IReadOnlyDictionary<string, PartCounts> parts)
    {
        if (part.Kind == CompositeKind.Objective)
            return parts[part.Objective!].Availability;
        var inner = part.Parts!.Select(one => (Value: Availability(one, parts), Weight: (Rational)(one.Weight ?? 1)))
            .ToList();
        return inner.Any(one => one.Value is null)
            ? null
            : Ceilings.Together(part.Kind, inner.Select(one => (one.Value!.Value, one.Weight)));
    }

    // Each part's burn is against its own budget.
    private static Rational? Burn(CompositePart part, IReadOnlyDictionary<string, PartCounts> parts)
    {
        var burns = part.Parts!.Select(one => (Burn: One(one), Weight: (Rational)(one.Weight ?? 1))).ToList();
        return burns.Any(one => one.Burn is null)
            ? null
            : CompositeMaths.Burn(burns.Select(one => (one.Burn!.Value, one.Weight)));

        Rational? One(CompositePart inner) =>
            (1 - Availability(inner, parts)) / (1 - Ceilings.Most(inner, name => parts[name].Target));
    }

    // Slice by slice: what fails at the same time fails once, which no product of availabilities knows.
    private static Tally Slices(CompositePart graph, IReadOnlyDictionary<string, PartCounts> parts)
    {
        var observed = parts.Values.SelectMany(part => part.Slices!.Value.Observed).Distinct();
        var (good, bad) = CompositeMaths.Slices(
            observed.Select(start => (IReadOnlyList<bool>)[IsGood(graph, start, parts)])
        );
        return new(good, bad);
    }

    /// <summary>Whether a slice is good, as its parts are; a part without events in it does not make it bad.</summary>
    public static bool IsGood(
        CompositePart part,
        DateTimeOffset start,
        IReadOnlyDictionary<string, PartCounts> parts
    ) =>
        part.Kind switch
        {
            CompositeKind.Objective => !parts[part.Objective!].Slices!.Value.Bad.Contains(start),
            CompositeKind.Parallel => part.Parts!.Any(inner => IsGood(inner, start, parts)),
            _ => part.Parts!.All(inner => IsGood(inner, start, parts)),
        };

    private static CompositePartStatus Part(CompositePart part, IReadOnlyDictionary<string, PartCounts> parts) =>
        new(
            part.Kind,
            part.Objective,
            Ceilings.Most(part, name => parts[name].Target).Rounded(9),
            Availability(part, parts)?.Rounded(9),
            part.Weight,
            [.. (part.Parts ?? []).Select(inner => Part(inner, parts))]
        );
}
