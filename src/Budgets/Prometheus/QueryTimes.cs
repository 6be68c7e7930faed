using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.Budgets.Prometheus;

/// <summary>The moments of a range question, both ends included.</summary>
public sealed record Steps(DateTimeOffset Start, TimeSpan Step, int Count)
{
    /// <summary>As Prometheus allows: enough for a week by minutes.</summary>
    public const int Most = 11_000;

    public DateTimeOffset End => At(Count - 1);

    public DateTimeOffset At(int index) => Start + index * Step;

    /// <summary>Those in [from, until).</summary>
    public IEnumerable<DateTimeOffset> Within(DateTimeOffset from, DateTimeOffset until) =>
        Enumerable.Range(0, Count).Select(At).SkipWhile(at => at < from).TakeWhile(at => at < until);

    /// <exception cref="QueryException">The range makes no sense, or has too many steps.</exception>
    public static Steps Of(DateTimeOffset start, DateTimeOffset end, TimeSpan step)
    {
        if (end < start)
            throw QueryException.Bad("end", "end timestamp must not be before start time");
        if (step <= TimeSpan.Zero)
            throw QueryException.Bad(
                "step",
                "zero or negative query resolution step widths are not accepted. Try a positive integer"
            );
        var count = (end - start).Ticks / step.Ticks;
        if (count > Most)
            throw QueryException.Bad(
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)"
            );
        return new Steps(start, step, (int)count + 1);
    }
}

/// <summary>Moments and lengths as Prometheus' clients write them; milliseconds, as Prometheus keeps.</summary>
public static partial class QueryTimes
{
    private static readonly decimal Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Seconds since 1970 with or without a fraction, or RFC 3339.</summary>
    public static DateTimeOffset Moment(string parameter, string text)
    {
        if (Seconds(text) is { } seconds && Math.Abs(seconds) < Latest / 2)
            return DateTimeOffset.UnixEpoch.AddMilliseconds((long)decimal.Round(seconds * 1000));
        if (
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
        )
            return moment;
        throw QueryException.Bad(parameter, $"cannot parse {QuerySyntax.Quote(text)} to a valid timestamp");
    }

    /// <summary>Seconds, or a length such as <c>1h30m</c>.</summary>
    public static TimeSpan Length(string parameter, string text)
    {
        if (Seconds(text) is { } seconds && Math.Abs(seconds) < Latest)
            return TimeSpan.FromMilliseconds((long)decimal.Round(seconds * 1000));
        if (Parts().Match(text) is not { Success: true } match)
            throw QueryException.Bad(parameter, $"cannot parse {QuerySyntax.Quote(text)} to a valid duration");
        var length = TimeSpan.Zero;
        for (var group = 1; group < match.Groups.Count; group++)
        {
            if (match.Groups[group].Success)
                length +=
                    Units[group - 1]
                    * int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return length;
    }

    /// <summary>A moment as Prometheus writes it: seconds, with all three digits of a fraction or none.</summary>
    public static string Text(DateTimeOffset moment)
    {
        var milliseconds = moment.ToUnixTimeMilliseconds();
        var seconds = decimal.Divide(milliseconds, 1000);
        return seconds.ToString(milliseconds % 1000 == 0 ? "0" : "0.000", CultureInfo.InvariantCulture);
    }

    private static readonly TimeSpan[] Units =
    [
        TimeSpan.FromDays(365),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(1),
        TimeSpan.FromHours(1),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromMilliseconds(1),
    ];

    private static decimal? Seconds(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    [GeneratedRegex(
        @"^(?!$)(?:(\d{1,3})y)?(?:(\d{1,5})w)?(?:(\d{1,6})d)?(?:(\d{1,7})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Parts();
}
