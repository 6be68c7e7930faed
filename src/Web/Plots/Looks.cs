using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace Steady.Web.Plots;

/// <summary>How an element looks, by what it says itself and by what goes on to it from around.</summary>
internal static class Looks
{
    /// <summary>What goes on from a group to its parts.</summary>
    public static string? Of(XElement element, string property) =>
        element
            .AncestorsAndSelf()
            .Select(one => (string?)one.Attribute(property))
            .FirstOrDefault(value => value is not null);

    public static float Number(XElement element, string property, float otherwise) =>
        Of(element, property) is { } value ? Read(value) : otherwise;

    /// <summary>What is about an element alone, such as where it is.</summary>
    public static float Own(XElement element, string property, float otherwise = 0) =>
        (string?)element.Attribute(property) is { } value ? Read(value) : otherwise;

    public static float Read(string number) => float.Parse(number, CultureInfo.InvariantCulture);

    // Of all that it is part of: our groups have parts that do not lie over each other.
    public static double Opacity(XElement element) =>
        element.AncestorsAndSelf().Aggregate(1.0, (share, one) => share * Own(one, "opacity", 1));

    public static byte Alpha(double share) => (byte)Math.Round(255 * Math.Clamp(share, 0, 1));

    public static void Line(SKPaint paint, XElement element)
    {
        paint.IsStroke = true;
        paint.StrokeWidth = Number(element, "stroke-width", 1);
        paint.StrokeCap = Of(element, "stroke-linecap") == "round" ? SKStrokeCap.Round : SKStrokeCap.Butt;
        paint.StrokeJoin = Of(element, "stroke-linejoin") == "round" ? SKStrokeJoin.Round : SKStrokeJoin.Miter;
        if (Of(element, "stroke-dasharray") is { } dashes and not "none")
            paint.PathEffect = SKPathEffect.CreateDash([.. dashes.Split(' ').Select(Read)], 0);
    }
}

/// <summary>What surrounds an element.</summary>
internal static class Outlines
{
    /// <summary>Null for what is not drawn.</summary>
    public static SKPath? Of(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "path":
                return SKPath.ParseSvgPathData((string?)element.Attribute("d") ?? "");
            case "rect":
                var (x, y, round) = (Looks.Own(element, "x"), Looks.Own(element, "y"), Looks.Own(element, "rx"));
                using (var rect = new SKPathBuilder())
                {
                    rect.AddRoundRect(
                        SKRect.Create(x, y, Looks.Own(element, "width"), Looks.Own(element, "height")),
                        round,
                        round
                    );
                    return rect.Detach();
                }
            case "circle":
                using (var circle = new SKPathBuilder())
                {
                    circle.AddCircle(Looks.Own(element, "cx"), Looks.Own(element, "cy"), Looks.Own(element, "r"));
                    return circle.Detach();
                }
            case "line":
                using (var line = new SKPathBuilder())
                {
                    line.MoveTo(Looks.Own(element, "x1"), Looks.Own(element, "y1"));
                    line.LineTo(Looks.Own(element, "x2"), Looks.Own(element, "y2"));
                    return line.Detach();
                }
            default:
                return null;
        }
    }
}
