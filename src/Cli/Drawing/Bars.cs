using Spectre.Console;

namespace Steady.Cli.Drawing;

/// <summary>Shares as bars of characters.</summary>
internal static class Bars
{
    /// <summary>A share of 0 to 1; what is beyond is cut, and anything above nothing is seen.</summary>
    public static Markup Share(decimal share, int width, string colour)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * width, MidpointRounding.AwayFromZero);
        if (share > 0)
            full = Math.Max(1, full);
        return Screens.Styled($"[{colour}]{new string('█', full)}[/][dim]{new string('░', width - full)}[/]");
    }

    public static string Colour(decimal? remaining) =>
        remaining switch
        {
            null => "dim",
            <= 0 => "red",
            < 0.25m => "yellow",
            _ => "green",
        };
}
