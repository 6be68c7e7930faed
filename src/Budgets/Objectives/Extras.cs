using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary>What Steady's annotations say. A word it does not know is refused: a slip would otherwise go unnoticed.</summary>
internal sealed partial record Extras(
    IReadOnlyList<WindowTerms> Windows,
    NoDataRule NoData,
    TrafficGuard Guard,
    int GapMinutes,
    IReadOnlyList<(BurnRule Rule, Place At)>? Rules,
    string? Environment,
    string? Team
)
{
    private const int DefaultGap = 10;

    public static Extras Read(Refusals to, Place annotations)
    {
        foreach (var (key, value) in annotations.Members())
        {
            if (key.StartsWith(Annotations.Prefix, StringComparison.Ordinal) && !Annotations.All.Contains(key))
                to.Add(
                    value,
                    "unknown_annotation",
                    $"There is no annotation {key}.",
                    $"{string.Join(", ", Annotations.All)}."
                );
        }

        var guard = new TrafficGuard(
            Whole(to, annotations[Annotations.MinFailures], int.MaxValue) ?? 0,
            Whole(to, annotations[Annotations.MinEvents], int.MaxValue) ?? 0,
            OneOf(to, annotations[Annotations.TrafficAware], "true", "false") is "true"
        );
        return new(
            ReadWindows(to, annotations[Annotations.Windows]),
            OneOf(to, annotations[Annotations.NoData], "good", "bad", "excluded") switch
            {
                "good" => NoDataRule.Good,
                "bad" => NoDataRule.Bad,
                _ => NoDataRule.Excluded,
            },
            guard,
            (int?)Whole(to, annotations[Annotations.GapMinutes], 1440) ?? DefaultGap,
            ReadRules(to, annotations[Annotations.BurnRules]),
            Name(to, annotations[Annotations.Environment]),
            Name(to, annotations[Annotations.Team])
        );
    }

    private static string? OneOf(Refusals to, Place place, params string[] words)
    {
        if (!place.IsThere || words.Contains(place.Text))
            return place.Text;
        to.Add(place, "annotation_invalid", $"'{place.Text}' is not accepted.", $"{string.Join(", ", words)}.");
        return null;
    }

    private static long? Whole(Refusals to, Place place, int most)
    {
        if (!place.IsThere)
            return null;
        if (int.TryParse(place.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
            return number;
        to.Add(place, "annotation_invalid", "This is no such number.", $"A whole number, 0 to {most}, in quotes.");
        return null;
    }

    private static string? Name(Refusals to, Place place)
    {
        if (!place.IsThere || Drafting.IsLabel(place.Text ?? ""))
            return place.Text;
        to.Add(place, "annotation_invalid", "This is no name.", "Lower-case letters, digits and hyphens, at most 63.");
        return null;
    }

    private static List<WindowTerms> ReadWindows(Refusals to, Place place)
    {
        const string accepted = "For example: 7d, 1M from 2026-01-01 00:00:00 Europe/Berlin.";
        var windows = new List<WindowTerms>();
        foreach (var part in Parts(place, ','))
        {
            var match = WindowForm().Match(part);
            var calendar = match.Groups["start"].Success
                ? Windowing.Calendar(match.Groups["start"].Value, match.Groups["zone"].Value)
                : null;
            if (
                !match.Success
                || match.Groups["start"].Success != (calendar is not null)
                || Windowing.Refused(Duration.Read(match.Groups["length"].Value)!.Value, calendar is not null)
                    is not null
            )
                to.Add(place, "annotation_invalid", $"'{part}' is no window.", accepted);
            else
                windows.Add(new(match.Groups["length"].Value, calendar));
        }

        return windows;
    }

    private static List<(BurnRule Rule, Place At)>? ReadRules(Refusals to, Place place)
    {
        if (!place.IsThere)
            return null;
        var rules = new List<(BurnRule, Place)>();
        foreach (var part in Parts(place, ';'))
        {
            var match = RuleForm().Match(part);
            if (
                match.Success
                && AlertRules.Severity(match.Groups["severity"].Value) is { } severity
                && Numeral.Read(match.Groups["factor"].Value)?.Exact(9) is { } factor and > 0
            )
                rules.Add((new(severity, match.Groups["long"].Value, match.Groups["short"].Value, factor), place));
            else
                to.Add(
                    place,
                    "annotation_invalid",
                    $"'{part}' is no burn rule.",
                    "For example: page 1h/5m 14.4; ticket 3d/6h 1."
                );
        }

        return rules;
    }

    private static IEnumerable<string> Parts(Place place, char between) =>
        (place.Text ?? "").Split(between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^(?<length>[1-9][0-9]{0,3}[mhdwMQY])( from (?<start>\S+ \S+) (?<zone>\S+))?\z")]
    private static partial Regex WindowForm();

    [GeneratedRegex(
        @"^(?<severity>page|critical|ticket|warning) (?<long>[1-9][0-9]{0,3}[mhdw])/(?<short>[1-9][0-9]{0,3}[mhdw]) (?<factor>[0-9]+(\.[0-9]+)?)\z"
    )]
    private static partial Regex RuleForm();
}
