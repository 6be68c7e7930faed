using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Steady.Web.Drawing;

/// <summary>Moves a small absolute path (M, L and z only) to a place: a policy without inline styles leaves no other way that prints well.</summary>
public static partial class Glyphs
{
    public static string At(string path, double x, double y)
    {
        var moved = new StringBuilder();
        var horizontal = true;
        foreach (Match part in Token().Matches(path))
        {
            if (char.IsLetter(part.ValueSpan[0]))
            {
                moved.Append(part.ValueSpan);
                continue;
            }

            var value = double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) + (horizontal ? x : y);
            moved.Append(Svg.Number(value)).Append(' ');
            horizontal = !horizontal;
        }

        return moved.ToString();
    }

    [GeneratedRegex("[A-Za-z]|-?[0-9.]+")]
    private static partial Regex Token();
}
