using System.Globalization;

namespace Steady.Web.Pages;

/// <summary>A form as somebody filled it in. It is read field by field, so that whatever was typed can be shown again.</summary>
/// <param name="What">The form.</param>
/// <param name="Fields">What stands in its fields.</param>
public sealed record Filled(string What, IReadOnlyDictionary<string, string> Fields)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>What was written; browsers end the lines of a field with two characters.</summary>
    public string Text(string field) => Fields.GetValueOrDefault(field, "").ReplaceLineEndings("\n").Trim();

    /// <summary>The same; null where nothing was written.</summary>
    public string? Given(string field) => Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>Names of services in one field, with commas or blanks between them.</summary>
    public string[] Services(string field) => Text(field).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A document that was written, with its blank lines and indents.</summary>
    public string Document => Fields.GetValueOrDefault("text", "").ReplaceLineEndings("\n");

    public Guid? Id(string field) => Guid.TryParse(Text(field), out var id) ? id : null;

    public long? Number(string field) =>
        long.TryParse(Text(field), NumberStyles.Integer, English, out var number) ? number : null;

    /// <summary>A number with or without a fraction, written with a point.</summary>
    public decimal? Fraction(string field) =>
        decimal.TryParse(Text(field), NumberStyles.AllowDecimalPoint, English, out var number) ? number : null;

    /// <summary>A share that people write in per cent: 99.95 is 0.9995.</summary>
    public decimal? Share(string field) =>
        decimal.TryParse(Text(field).TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, English, out var percent)
            ? percent / 100
            : null;

    public T? One<T>(string field)
        where T : struct, Enum => Enum.TryParse<T>(Text(field), out var one) && Enum.IsDefined(one) ? one : null;

    /// <summary>A day as a browser's field says it.</summary>
    public DateOnly? Day(string field) =>
        DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", English, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A moment as a browser's field says it; the console speaks UTC.</summary>
    public DateTimeOffset? Moment(string field) =>
        DateTimeOffset.TryParse(
            Text(field),
            English,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;
}

public static class FilledEndpoint
{
    /// <summary>The fields of a form that was sent, without the console's own token.</summary>
    public static Filled Of(string what, IFormCollection form) =>
        new(
            what,
            form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
                .ToDictionary(field => field.Key, field => field.Value.ToString())
        );
}
