using System.Xml.Linq;
using SkiaSharp;

namespace Steady.Web.Plots;

/// <summary>Writes the words of a plot.</summary>
internal static class PlotText
{
    private const double Bold = 560;
    private static readonly SKTypeface Regular = Load("Inter-Regular.ttf");
    private static readonly SKTypeface SemiBold = Load("Inter-SemiBold.ttf");

    // Signs of the console that the font has not.
    private static readonly (char Sign, char Alike)[] Signs = [('✕', '✗'), ('▸', '▶')];

    public static void Draw(SKCanvas canvas, XElement element)
    {
        var text = Signs.Aggregate(element.Value.Trim(), (said, one) => said.Replace(one.Sign, one.Alike));
        if (text.Length == 0 || Looks.Of(element, "fill") is "none")
            return;
        var typeface = Looks.Number(element, "font-weight", 400) >= Bold ? SemiBold : Regular;
        using var font = new SKFont(typeface, Looks.Number(element, "font-size", 11))
        {
            Subpixel = true,
            Hinting = SKFontHinting.None,
        };
        var (x, y) = (Looks.Own(element, "x"), Looks.Own(element, "y"));
        var align = Looks.Of(element, "text-anchor") switch
        {
            "middle" => SKTextAlign.Center,
            "end" => SKTextAlign.Right,
            _ => SKTextAlign.Left,
        };
        // A rim in the colour of the ground, so that words can be read over lines.
        if (Looks.Of(element, "paint-order") == "stroke" && Looks.Of(element, "stroke") is { } rim and not "none")
        {
            using var behind = Ink(element, rim);
            Looks.Line(behind, element);
            canvas.DrawText(text, x, y, align, font, behind);
        }

        using var ink = Ink(element, Looks.Of(element, "fill") ?? "#000000");
        canvas.DrawText(text, x, y, align, font, ink);
    }

    private static SKPaint Ink(XElement element, string colour) =>
        new() { IsAntialias = true, Color = SKColor.Parse(colour).WithAlpha(Looks.Alpha(Looks.Opacity(element))) };

    private static SKTypeface Load(string name)
    {
        using var stream =
            typeof(PlotText).Assembly.GetManifestResourceStream($"Steady.Web.Fonts.{name}")
            ?? throw new InvalidOperationException($"The font {name} is missing.");
        return SKTypeface.FromStream(stream);
    }
}
