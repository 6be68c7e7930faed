using System.CommandLine.Parsing;
using System.Globalization;

namespace Steady.Cli;

/// <summary>Moments and lengths as people type them: <c>2026-11-24T14:05Z</c>, <c>15m</c> ago, <c>90d</c> from now.</summary>
public static class Moments
{
    private const string Lengths = "a length such as 30m, 12h or 90d";

    /// <summary>A moment: ISO 8601, UTC when it names no zone, or a length that reaches back from now.</summary>
    public static Func<ArgumentResult, DateTimeOffset?> Past(TimeProvider clock) =>
        result =>
        {
            var text = result.Tokens[0].Value;
            if (Length(text) is { } length)
                return clock.GetUtcNow() - length;
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment))
                return moment;
            result.AddError(
                $"'{text}' is no moment. Give one such as 2026-11-24T14:05:00Z, or {Lengths} for that long ago."
            );
            return null;
        };

    /// <summary>How long something lasts.</summary>
    public static TimeSpan? Lasting(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Length(text) is { } length)
            return length;
        result.AddError($"'{text}' is no length. Give {Lengths}.");
        return null;
    }

    public static TimeSpan? Length(string text)
    {
        if (
            text.Length < 2
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
            return null;
        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        // A century is longer than anything that is kept here, and short enough to be added to any moment.
        return unit > TimeSpan.Zero && count <= TimeSpan.FromDays(36_525) / unit ? unit * count : null;
    }
}
