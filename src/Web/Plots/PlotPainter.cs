using System.Xml.Linq;
using SkiaSharp;

namespace Steady.Web.Plots;

/// <summary>Paints a plot as PNG: only what our own pictures are made of, and with a font of our own, so that it needs nothing of its machine.</summary>
public sealed class PlotPainter
{
    private const string Nothing = "none";
    private readonly Dictionary<string, XElement> named;

    private PlotPainter(XElement drawing) =>
        named = drawing
            .Descendants()
            .Where(one => one.Attribute("id") is not null)
            .ToDictionary(one => one.Attribute("id")!.Value);

    /// <param name="plot">What to paint.</param>
    /// <param name="scale">Pixels for one unit of the drawing: 1 to 3.</param>
    public static byte[] Png(Plot plot, int scale)
    {
        using var surface = SKSurface.Create(
            new SKImageInfo((int)Math.Ceiling(plot.Width * scale), (int)Math.Ceiling(plot.Height * scale))
        );
        surface.Canvas.Scale(scale);
        new PlotPainter(plot.Drawing).Draw(surface.Canvas, plot.Drawing);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private void Draw(SKCanvas canvas, XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "svg" or "g":
                canvas.Save();
                Move(canvas, element);
                foreach (var child in element.Elements())
                    Draw(canvas, child);
                canvas.Restore();
                break;
            case "text":
                PlotText.Draw(canvas, element);
                break;
            default:
                // Titles and definitions have no outline of their own.
                using (var outline = Outlines.Of(element))
                {
                    if (outline is not null)
                        Paint(canvas, element, outline);
                }

                break;
        }
    }

    private void Paint(SKCanvas canvas, XElement element, SKPath outline)
    {
        if (Looks.Of(element, "fill") is not Nothing and var fill)
        {
            using var paint = Brush(element, fill ?? "#000000", "fill-opacity", outline.Bounds);
            canvas.DrawPath(outline, paint);
        }

        if (Looks.Of(element, "stroke") is { } stroke and not Nothing)
        {
            using var paint = Brush(element, stroke, "stroke-opacity", outline.Bounds);
            Looks.Line(paint, element);
            canvas.DrawPath(outline, paint);
        }
    }

    private SKPaint Brush(XElement element, string colour, string opacity, SKRect bounds)
    {
        var paint = new SKPaint { IsAntialias = true };
        var share = Looks.Opacity(element) * Looks.Number(element, opacity, 1);
        if (colour.StartsWith("url(#", StringComparison.Ordinal))
        {
            paint.Shader = Shade(named[colour[5..^1]], bounds);
            paint.Color = SKColors.White.WithAlpha(Looks.Alpha(share));
        }
        else
            paint.Color = SKColor.Parse(colour).WithAlpha(Looks.Alpha(share));
        return paint;
    }

    private SKShader Shade(XElement definition, SKRect bounds) =>
        definition.Name.LocalName == "linearGradient" ? Fade(definition, bounds) : Repeat(definition);

    // From the top of what is filled to its bottom.
    private static SKShader Fade(XElement gradient, SKRect bounds)
    {
        var stops = gradient.Elements("stop").ToList();
        return SKShader.CreateLinearGradient(
            new SKPoint(bounds.Left, bounds.Top),
            new SKPoint(bounds.Left, bounds.Bottom),
            [
                .. stops.Select(stop =>
                    SKColor
                        .Parse((string)stop.Attribute("stop-color")!)
                        .WithAlpha(Looks.Alpha(Looks.Own(stop, "stop-opacity", 1)))
                ),
            ],
            [.. stops.Select(stop => Looks.Own(stop, "offset"))],
            SKShaderTileMode.Clamp
        );
    }

    private SKShader Repeat(XElement pattern)
    {
        var tile = SKRect.Create(Looks.Own(pattern, "width"), Looks.Own(pattern, "height"));
        using var recorder = new SKPictureRecorder();
        var canvas = recorder.BeginRecording(tile);
        foreach (var child in pattern.Elements())
            Draw(canvas, child);
        using var picture = recorder.EndRecording();
        var turned = ((string?)pattern.Attribute("patternTransform"))?["rotate(".Length..^1];
        var matrix = turned is null ? SKMatrix.Identity : SKMatrix.CreateRotationDegrees(Looks.Read(turned));
        return SKShader.CreatePicture(
            picture,
            SKShaderTileMode.Repeat,
            SKShaderTileMode.Repeat,
            SKFilterMode.Linear,
            matrix,
            tile
        );
    }

    private static void Move(SKCanvas canvas, XElement element)
    {
        if (((string?)element.Attribute("transform"))?["translate(".Length..^1].Split(' ') is not [var x, var y])
            return;
        canvas.Translate(Looks.Read(x), Looks.Read(y));
    }
}
