using Steady.OpenSlo;
using Finding = Steady.Contracts.Budgets.Finding;

namespace Steady.Budgets.Objectives;

/// <summary>Where in a text the terms of an objective stand, so that what is found wrong with them is told there.</summary>
public sealed record DraftPlaces(Place Slo, Place Objective, IReadOnlyList<Place> Rules)
{
    /// <summary>A finding about terms as a finding about the text.</summary>
    public Finding Told(Finding found)
    {
        var place = Of(found.Path);
        var rule =
            found.Path is "rules" || found.Path.EndsWith(".factor", StringComparison.Ordinal)
                ? "alert_unreachable"
                : "not_computed";
        return found with { Path = place.Path, Line = place.Node?.Line is > 0 and var line ? line : null, Rule = rule };
    }

    private Place Of(string path)
    {
        var (spec, annotations) = (Slo["spec"], Slo["metadata"]["annotations"]);
        var window = spec["timeWindow"].Items().First();
        return path switch
        {
            "target" or "rules" => Objective[Objective["targetPercent"].IsThere ? "targetPercent" : "target"],
            "slice.target" => Objective["timeSliceTarget"],
            "slice" or "slice.seconds" => Objective["timeSliceWindow"],
            "windows[0].duration" => window["duration"],
            "windows[0].calendar.start" => window["calendar"]["startTime"],
            "windows[0].calendar.timeZone" => window["calendar"]["timeZone"],
            "guard" => annotations[Annotations.MinFailures],
            "gapMinutes" => annotations[Annotations.GapMinutes],
            _ when path.StartsWith("windows", StringComparison.Ordinal) => annotations[Annotations.Windows],
            _ => Rule(path),
        };
    }

    private Place Rule(string path)
    {
        var digits = path.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, out var index) && index < Rules.Count ? Rules[index] : Slo["spec"];
    }
}
