using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.Budgets.Objectives;

/// <summary>Numbers of a document as exact decimals; a double would make 0.999 something else.</summary>
public static partial class Numbers
{
    public static bool IsNumber(string text) => Number().IsMatch(text);

    public static decimal? Exact(string text) =>
        IsNumber(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>How many digits stand behind the point, trailing zeros left out.</summary>
    public static int Places(decimal value) => (value / 1.0000000000000000000000000000m).Scale;

    [GeneratedRegex(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
