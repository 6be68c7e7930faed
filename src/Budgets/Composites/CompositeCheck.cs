using System.Text.RegularExpressions;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>Whether a composite can be computed. Pure; everything that is wrong is told.</summary>
public static partial class CompositeCheck
{
    private const int MostParts = 100;
    private const int Deepest = 8;

    /// <param name="name">The composite's name.</param>
    /// <param name="terms">What is wanted.</param>
    /// <param name="known">Names of the objectives there are.</param>
    public static IReadOnlyList<Finding> Of(string name, DefineComposite terms, IReadOnlySet<string> known)
    {
        var findings = new List<Finding>();
        if (!Label().IsMatch(name))
            findings.Add(new("name", "This is no name.", "1 to 63 lower-case letters, digits and hyphens."));
        if (terms.Target is <= 0 or >= 1 || terms.Target.Scale > 9)
            findings.Add(new("target", "This is no target.", "Above 0 and below 1, at most 9 decimals."));
        var window = Durations.Find(terms.Window)?.Fixed;
        if (window is not { } length || length < TimeSpan.FromHours(1) || length > TimeSpan.FromDays(366))
            findings.Add(new("window", "This is no window.", "A whole number of h, d or w, from 1h to 366d."));
        Slices(terms, window, findings);
        var leaves = Leaves(terms.Graph, depth: 1);
        if (leaves is null)
            findings.Add(new("graph", "There are too many parts.", $"At most {MostParts}, {Deepest} levels deep."));
        else
            Part(terms, terms.Graph, "graph", known, findings);
        return findings;
    }

    /// <summary>Names of the objectives in a graph, each once.</summary>
    public static IEnumerable<string> Objectives(CompositePart part) =>
        part.Kind == CompositeKind.Objective ? [part.Objective!] : part.Parts!.SelectMany(Objectives).Distinct();

    private static void Slices(DefineComposite terms, TimeSpan? window, List<Finding> findings)
    {
        if (terms.Method != BudgetingMethod.Timeslices)
        {
            if (terms.SliceSeconds is not null)
                findings.Add(new("sliceSeconds", "Only timeslices have slices.", "No length of slices."));
            return;
        }

        if (terms.SliceSeconds is not (>= 60 and <= 86_400) || terms.SliceSeconds % 60 != 0)
            findings.Add(new("sliceSeconds", "This is no length of a slice.", "A multiple of 60, 60 to 86,400."));
        else if (window is { } length && length.TotalSeconds % terms.SliceSeconds != 0)
            findings.Add(new("window", "The window is no whole number of slices.", "A multiple of sliceSeconds."));
    }

    private static void Part(
        DefineComposite terms,
        CompositePart part,
        string path,
        IReadOnlySet<string> known,
        List<Finding> findings
    )
    {
        if (part.Weight is <= 0 or > 1_000)
            findings.Add(new($"{path}.weight", "This is no weight.", "Above 0, at most 1,000."));
        if (part.Kind == CompositeKind.Objective)
        {
            if (part.Objective is null || !known.Contains(part.Objective))
                findings.Add(new($"{path}.objective", "There is no such objective.", "The name of an objective."));
            if (part.Parts is { Count: > 0 })
                findings.Add(new($"{path}.parts", "An objective has no parts.", "No parts."));
            return;
        }

        if (part.Objective is not null)
            findings.Add(new($"{path}.objective", "Only a part of kind objective names one.", "No objective."));
        if (part.Parts is not { Count: > 0 })
            findings.Add(new($"{path}.parts", "There are no parts.", "One or more parts."));
        if (part.Kind == CompositeKind.Weighted && terms.Method == BudgetingMethod.Timeslices)
            findings.Add(new($"{path}.kind", "A slice is good or bad, without weights.", "serial or parallel."));
        if (part.Kind != CompositeKind.Weighted && terms.Method == BudgetingMethod.RatioTimeslices)
            findings.Add(new($"{path}.kind", "Ratio timeslices add up by weight.", "weighted."));
        for (var i = 0; i < (part.Parts?.Count ?? 0); i++)
            Part(terms, part.Parts![i], $"{path}.parts[{i}]", known, findings);
    }

    // Null when there are too many or they lie too deep.
    private static int? Leaves(CompositePart part, int depth)
    {
        if (depth > Deepest)
            return null;
        var sum = 1;
        foreach (var inner in part.Parts ?? [])
        {
            if (inner is null || Leaves(inner, depth + 1) is not { } count || (sum += count) > MostParts)
                return null;
        }

        return sum;
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
