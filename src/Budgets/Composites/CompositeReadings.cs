using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>How a composite burned over each window, from what was counted for its parts. Pure.</summary>
public static class CompositeReadings
{
    private const long Whole = 1_000_000;

    /// <summary>What a composite demands, as an objective would say it: its alerts are scaled as an objective's are.</summary>
    public static ObjectiveTerms TermsOf(DefineComposite terms) =>
        terms.Method == BudgetingMethod.Timeslices
            ? BudgetTerms.Rolling(terms.Target, terms.Window) with
            {
                Method = BudgetingMethod.Timeslices,
                Slice = new(terms.SliceSeconds!.Value, null, NoDataRule.Excluded),
            }
            : BudgetTerms.Rolling(terms.Target, terms.Window);

    /// <summary>The pairs it is judged by: those that make sense for its target and window, and that every part can be read by.</summary>
    public static IReadOnlyList<AlertPair> PairsOf(DefineComposite terms, IEnumerable<ObjectiveTerms> parts)
    {
        var all = parts.ToList();
        return
        [
            .. AlertPairs
                .Of(TermsOf(terms))
                .Where(pair =>
                    all.All(part => AlertPairs.Fits(part, pair.LongWindow) && AlertPairs.Fits(part, pair.ShortWindow))
                ),
        ];
    }

    /// <summary>The windows of pairs, shortest first.</summary>
    public static IReadOnlyList<Window> WindowsOf(IEnumerable<AlertPair> pairs) =>
        [
            .. pairs
                .SelectMany(pair => (Window[])[pair.ShortWindow, pair.LongWindow])
                .DistinctBy(window => window.Name)
                .OrderBy(window => window.Length),
        ];

    /// <summary>A window by availabilities. A part that nobody used in it neither failed nor helped: it is left out.</summary>
    public static CompositeWindow Of(
        string window,
        DefineComposite terms,
        IReadOnlyDictionary<string, PartCounts> parts
    )
    {
        if (Heard(terms.Graph, parts) is not { } graph)
            return new(window, null, default);
        var burn = CompositeStatuses.Burn(terms with { Graph = graph }, parts);
        if (burn is not { } spent)
            return new(window, null, default);
        var bad = (long)(Rational.Min(1, spent * (1 - (Rational)terms.Target)) * Whole).Floor;
        return new(window, spent, new(Whole - bad, bad));
    }

    /// <summary>A window by slices.</summary>
    public static CompositeWindow Of(string window, DefineComposite terms, Tally slices) =>
        new(window, CompositeStatuses.Burn(terms, slices), slices);

    private static CompositePart? Heard(CompositePart part, IReadOnlyDictionary<string, PartCounts> parts)
    {
        if (part.Kind == CompositeKind.Objective)
            return parts[part.Objective!].Whole.Total > 0 ? part : null;
        var inner = part.Parts!.Select(one => Heard(one, parts)).OfType<CompositePart>().ToList();
        return inner.Count == 0 ? null : part with { Parts = inner };
    }
}
