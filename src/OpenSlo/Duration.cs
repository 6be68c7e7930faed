using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>A duration shorthand as the official SDK reads it: a whole number, then a unit; the rules say which units there are.</summary>
public readonly partial record struct Duration(long Count, string Unit)
{
    public static Duration? Read(string text) =>
        Form().Match(text) is { Success: true } match
        && long.TryParse(
            match.Groups["count"].Value,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? new Duration(count, match.Groups["unit"].Value)
            : null;

    public override string ToString() => $"{Count.ToString(CultureInfo.InvariantCulture)}{Unit}";

    // Blanks between the two and anything after a blank are passed over, as there.
    [GeneratedRegex(@"^[ \t]*(?<count>[-+]?[0-9]+)[ \t]*(?<unit>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
