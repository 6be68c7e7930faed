using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>Whether the engine can compute what an objective demands. Everything that is wrong is told, with what would be accepted.</summary>
public static class TermsCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static IReadOnlyList<Finding> Of(ObjectiveTerms terms)
    {
        var findings = new List<Finding>();
        if (terms.Target <= 0 || terms.Target >= 1 || Places(terms.Target) > 9)
            Add(
                findings,
                "target",
                "This is no target.",
                "Above 0 and below 1 with at most 9 decimals, for example 0.999."
            );
        Slices(terms, findings);
        Windows(terms, findings);
        if (terms.Guard.MinFailures < 0 || terms.Guard.MinEvents < 0)
            Add(findings, "guard", "A least number below nothing guards nothing.", "0 or more.");
        if (terms.GapMinutes is < 0 or > 44_640)
            Add(findings, "gapMinutes", "This is no length of a gap.", "0 for never, or 1 to 44,640 minutes.");
        // What follows needs windows and a target to compute with.
        if (findings.Count == 0)
            Rules(terms, findings);
        return findings;
    }

    private static void Slices(ObjectiveTerms terms, List<Finding> findings)
    {
        var bySlices = terms.Method != BudgetingMethod.Occurrences;
        if (!bySlices && terms.Slice is not null)
            Add(findings, "slice", "Occurrences have no slices.", "No slice, or Timeslices or RatioTimeslices.");
        if (!bySlices)
            return;
        if (terms.Slice is not { } slice)
        {
            Add(findings, "slice", "This method needs slices.", "A slice of 60 to 86,400 seconds.");
            return;
        }

        if (slice.Seconds is < 60 or > 86_400 || slice.Seconds % 60 != 0)
            Add(findings, "slice.seconds", "This is no length of a slice.", "A whole multiple of 60, 60 to 86,400.");
        if (terms.Method == BudgetingMethod.RatioTimeslices && slice.Target is not null)
            Add(findings, "slice.target", "Ratio timeslices have no target of a slice.", "No slice target.");
        if (
            terms.Method == BudgetingMethod.Timeslices
            && (slice.Target is not (> 0 and <= 1) || Places(slice.Target.Value) > 9)
        )
            Add(findings, "slice.target", "This is no target of a slice.", "Above 0, at most 1, at most 9 decimals.");
    }

    private static void Windows(ObjectiveTerms terms, List<Finding> findings)
    {
        if (terms.Windows.Count is 0 or > 10)
            Add(findings, "windows", $"There are {terms.Windows.Count} windows.", "1 to 10.");
        for (var i = 0; i < terms.Windows.Count; i++)
            One(terms, terms.Windows[i], $"windows[{i}]", findings);
        if (
            terms.Windows.DistinctBy(window => (window.Duration, window.Calendar is null)).Count()
            != terms.Windows.Count
        )
            Add(findings, "windows", "A window is there twice.", "Each length once, rolling and by calendar.");
    }

    private static void One(ObjectiveTerms terms, WindowTerms window, string path, List<Finding> findings)
    {
        const string rolling = "A whole number of m, h, d or w, from 1h to 366d; M, Q and Y with a calendar.";
        if (Durations.Find(window.Duration) is not { } duration)
            Add(findings, $"{path}.duration", "This is no length of a window.", rolling);
        else if (window.Calendar is null && duration.Fixed is not { } length)
            Add(
                findings,
                $"{path}.duration",
                "A month has no length of its own: a rolling window needs one that has.",
                rolling
            );
        else if (
            (duration.Fixed ?? duration.Longest) is var any
            && (any < Shortest || any > Longest + TimeSpan.FromDays(1))
        )
            Add(findings, $"{path}.duration", "This window is too short or too long.", rolling);
        else if (
            window.Calendar is null
            && duration.Fixed is { } whole
            && terms.Slice is { Seconds: > 0 } slice
            && whole.TotalSeconds % slice.Seconds != 0
        )
            Add(
                findings,
                $"{path}.duration",
                $"This window is no whole number of slices of {slice.Seconds} s.",
                "A multiple of the slice."
            );
        if (window.Calendar is { } calendar)
            ByCalendar(calendar, path, findings);
    }

    private static void ByCalendar(CalendarTerms calendar, string path, List<Finding> findings)
    {
        if (Calendars.Local(calendar.Start) is not { Year: >= 1970 and <= 2999 })
            Add(
                findings,
                $"{path}.calendar.start",
                "This is no date and time.",
                "Local time, for example 2026-01-01 00:00:00."
            );
        if (WallClock.Zone(calendar.TimeZone) is null)
            Add(
                findings,
                $"{path}.calendar.timeZone",
                "This is no time zone.",
                "An IANA name, for example Europe/Berlin."
            );
    }

    private static void Rules(ObjectiveTerms terms, List<Finding> findings)
    {
        if (terms.Rules is null)
        {
            var scaled = AlertPairs
                .Scaled(BudgetTerms.PeriodOf(terms))
                .Where(pair => pair.Severity == BurnSeverity.Page)
                .ToList();
            if (
                scaled.Count > 0
                && scaled.All(pair => Derivations.Unreachable(terms, pair.Factor, pair.LongWindow) is not null)
            )
                Add(
                    findings,
                    "rules",
                    $"No page could ever open. {Derivations.Unreachable(terms, scaled[^1].Factor, scaled[^1].LongWindow)}",
                    "A higher target, or burn rules of your own with factors below that."
                );
            return;
        }

        if (terms.Rules.Count > 20)
            Add(findings, "rules", $"There are {terms.Rules.Count} burn rules.", "At most 20.");
        for (var i = 0; i < terms.Rules.Count; i++)
            Rule(terms, terms.Rules[i], $"rules[{i}]", findings);
        if (terms.Rules.DistinctBy(rule => (rule.LongWindow, rule.ShortWindow)).Count() != terms.Rules.Count)
            Add(findings, "rules", "Two burn rules have the same windows.", "Each pair of windows once.");
    }

    private static void Rule(ObjectiveTerms terms, BurnRule rule, string path, List<Finding> findings)
    {
        if (Length(rule.LongWindow) is not { } matters || Length(rule.ShortWindow) is not { } goesOn)
        {
            Add(
                findings,
                path,
                "A window of this rule is no length of time.",
                "A whole number of m, h, d or w, for example 1h and 5m."
            );
            return;
        }

        if (goesOn >= matters || matters > BudgetTerms.PeriodOf(terms).Length)
            Add(
                findings,
                path,
                "The windows do not nest.",
                $"The short window shorter than the long one, the long one at most {terms.Windows[0].Duration}."
            );
        var (longWindow, shortWindow) = (new Window(rule.LongWindow, matters), new Window(rule.ShortWindow, goesOn));
        if (!AlertPairs.Fits(terms, longWindow) || !AlertPairs.Fits(terms, shortWindow))
            Add(
                findings,
                path,
                $"Windows of this rule are no whole number of slices of {terms.Slice!.Seconds} s.",
                "Multiples of the slice."
            );
        if (rule.Factor <= 0 || rule.Factor > 1_000_000_000 || Places(rule.Factor) > 6)
            Add(findings, $"{path}.factor", "This is no factor.", "Above 0, at most 6 decimals, for example 14.4.");
        else if (Derivations.Unreachable(terms, Ratio.Of(rule.Factor), longWindow) is { } why)
            Add(findings, $"{path}.factor", why, $"Below {BudgetMaths.FastestBurn(terms.Target).Print(4)}.");
    }

    private static TimeSpan? Length(string window) => Durations.Find(window)?.Fixed;

    private static void Add(List<Finding> findings, string path, string message, string accepted) =>
        findings.Add(new Finding(path, message, accepted));

    // Digits behind the point, zeros at the end left out.
    private static int Places(decimal value) => (value / 1.0000000000000000000000000000m).Scale;
}
