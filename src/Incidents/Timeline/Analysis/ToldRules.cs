using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What others were told, against what became of it. Pure.</summary>
internal static partial class ToldRules
{
    private static readonly string[] Numbers =
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ];

    public static IEnumerable<ContradictionView> Find(
        IReadOnlyList<TimelineEntry> entries,
        Lags lags,
        DateTimeOffset asOf
    ) => Missed(entries, lags, asOf).Concat(Shared(entries, lags));

    /// <summary>Until when an entry promises that it will be over; null when it promises nothing.</summary>
    public static DateTimeOffset? PromiseOf(TimelineEntry entry)
    {
        if (
            entry.Labels?.GetValueOrDefault("eta") is { } moment
            && DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        )
            return at.ToUniversalTime();
        if (
            entry.Labels?.GetValueOrDefault("etaHours") is { } hours
            && double.TryParse(hours, NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1000
        )
            return entry.OccurredAt.ToUniversalTime().AddHours(count);
        return
            Sorts.Of(entry) is "comms" or "status" or "note" or "chat"
            && Promise().Match(entry.Text) is { Success: true } said
            ? entry.OccurredAt.ToUniversalTime() + Span(said.Groups["n"].Value, said.Groups["unit"].Value)
            : null;
    }

    /// <summary>Promises that were not kept: what was promised had not ended by then.</summary>
    public static IEnumerable<ContradictionView> Missed(
        IReadOnlyList<TimelineEntry> entries,
        Lags lags,
        DateTimeOffset asOf
    )
    {
        foreach (var promise in entries)
        {
            if (PromiseOf(promise) is not { } due)
                continue;
            var came = entries
                .Where(one => Sorts.Of(one) is "recover" or "resolve" or "mitigate")
                .Where(one => one.OccurredAt > promise.OccurredAt)
                .OrderBy(one => lags.Of(one).From)
                .ThenBy(one => one.Id)
                .FirstOrDefault();
            var isLate = came is null ? asOf > due : lags.Of(came).From > due;
            if (!isLate || due <= promise.OccurredAt)
                continue;
            var became = came is null
                ? $"nothing is known to have come by {Contradictions.Moment(asOf)}"
                : $"the next that came was \"{came.Text}\", {Contradictions.When(lags.Of(came))}";
            yield return Contradictions.Of(
                ContradictionKind.MissedForecast,
                $"\"{promise.Text}\" promised {Contradictions.Moment(due)}; {became}.",
                came is null ? [promise] : [promise, came],
                lags
            ) with
            {
                // One promise is broken once, whatever comes later.
                Id = Contradictions.IdOf(ContradictionKind.MissedForecast, [promise.Id]),
            };
        }
    }

    // Who cannot tell because of what has failed tells late, and says so.
    private static IEnumerable<ContradictionView> Shared(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        var hurt = entries
            .Where(one => Sorts.Of(one) is "symptom" or "alert" or "detect" or "declare")
            .OrderBy(one => lags.Of(one).From)
            .ThenBy(one => one.Id)
            .FirstOrDefault();
        if (hurt is null)
            yield break;
        foreach (var told in entries.Where(one => Sorts.Of(one) == "comms" && Dependence().IsMatch(one.Text)))
        {
            if (lags.Of(hurt).IsSurelyBefore(lags.Of(told)))
                yield return Contradictions.Of(
                    ContradictionKind.SharedFault,
                    $"What was needed to tell others depended on what had failed: \"{told.Text}\", {Contradictions.When(lags.Of(told))}; "
                        + $"\"{hurt.Text}\" {Contradictions.When(lags.Of(hurt))}.",
                    [hurt, told],
                    lags
                );
        }
    }

    private static TimeSpan Span(string count, string unit)
    {
        var words = Array.IndexOf(Numbers, count.ToLowerInvariant());
        var number = words >= 0 ? words : double.Parse(count, NumberStyles.Float, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(unit[0]) switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    private const string Count = "(?<n>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";

    [GeneratedRegex(
        $@"\b(ETA|estimated|expect(ed|s)?|should be|will be)\b[^.;0-9]{{0,60}}?\b{Count}\s*(?<unit>min(ute)?s?|h(our)?s?|days?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Promise();

    [GeneratedRegex(
        @"\b(depend(ed|s|ent|ing)?|relied|relies|relying)\s+(up)?on\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Dependence();
}
