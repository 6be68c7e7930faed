using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Steady.Web.Drawing;

namespace Steady.Web.Plots;

/// <summary>What stands around a picture, so that it says by itself what it is wherever it is pasted.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Words">What it shows, in one line.</param>
/// <param name="Foot">As of when.</param>
public sealed record Caption(string Title, string Words, string Foot);

/// <summary>A picture of the console as a file: a drawing with its caption, in the colours of a theme. Pure.</summary>
public sealed class Plot
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const string Fonts = "Inter, system-ui, Segoe UI, Roboto, DejaVu Sans, sans-serif";
    private const double Margin = 24;
    private const double Head = 76;
    private const double Foot = 40;
    private const int TitleLetters = 74;
    private const int WordsLetters = 112;

    private Plot(XElement drawing, double width, double height) => (Drawing, Width, Height) = (drawing, width, height);

    /// <summary>All that is drawn, without a namespace; every element says by itself how it looks.</summary>
    public XElement Drawing { get; }

    public double Width { get; }

    public double Height { get; }

    /// <param name="picture">An <c>svg</c> element with a <c>viewBox</c>, as its page has it.</param>
    public static Plot Of(string picture, Caption caption, Stylesheet style, bool isDark)
    {
        var inner = XElement.Parse(picture);
        style.Apply(inner, isDark);
        var size = ((string)inner.Attribute("viewBox")!).Split(' ').Select(Read).ToArray();
        var (width, height) = (size[2] + 2 * Margin, size[3] + Head + Foot);
        var (ink, ink2, ink3) = (Colour("--ink"), Colour("--ink2"), Colour("--ink3"));
        var drawing = new XElement(
            "svg",
            new XAttribute("width", Svg.Number(width)),
            new XAttribute("height", Svg.Number(height)),
            new XAttribute("viewBox", $"0 0 {Svg.Number(width)} {Svg.Number(height)}"),
            new XAttribute("font-family", Fonts),
            new XAttribute("role", "img"),
            new XElement("title", $"{caption.Title}. {inner.Attribute("aria-label")?.Value}"),
            Ground(width, height, Colour("--panel")),
            Text(34, 18, 680, ink, Words.Cut(caption.Title, TitleLetters)),
            Text(56, 13, 400, ink2, Words.Cut(caption.Words, WordsLetters)),
            Text(height - 14, 11, 400, ink3, $"Steady · {caption.Foot}"),
            Within(inner)
        );
        return new Plot(drawing, width, height);

        string Colour(string token) => style.Colour(token, isDark);
    }

    public byte[] ToSvg()
    {
        var named = new XElement(Drawing);
        XNamespace svg = Namespace;
        foreach (var element in named.DescendantsAndSelf())
            element.Name = svg + element.Name.LocalName;
        return Encoding.UTF8.GetBytes(named.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Ground(double width, double height, string colour) =>
        new(
            "rect",
            new XAttribute("width", Svg.Number(width)),
            new XAttribute("height", Svg.Number(height)),
            new XAttribute("fill", colour)
        );

    // What the picture itself says of how it looks goes on to its parts.
    private static XElement Within(XElement picture) =>
        new(
            "g",
            new XAttribute("transform", $"translate({Svg.Number(Margin)} {Svg.Number(Head)})"),
            picture.Attributes().Where(one => one.Name.LocalName is not ("viewBox" or "role" or "aria-label")),
            picture.Nodes()
        );

    private static XElement Text(double y, double size, int weight, string colour, string text) =>
        new(
            "text",
            new XAttribute("x", Svg.Number(Margin)),
            new XAttribute("y", Svg.Number(y)),
            new XAttribute("font-size", Svg.Number(size)),
            new XAttribute("font-weight", weight),
            new XAttribute("fill", colour),
            text
        );

    private static double Read(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
