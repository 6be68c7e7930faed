using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Steady.Web.Plots;

/// <summary>
/// The console's own style sheets, so that a picture in a file looks as it does on its page: each rule is written into the elements that it
/// is about, because a program that shows a picture has none of our sheets. Pure.
/// </summary>
public sealed partial class Stylesheet
{
    // What a picture is drawn with. All else is about pages.
    private static readonly HashSet<string> Properties =
    [
        "color",
        "fill",
        "fill-opacity",
        "font-size",
        "font-weight",
        "opacity",
        "paint-order",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-width",
    ];

    private readonly List<Rule> rules = [];
    private readonly Dictionary<string, string> tokens = [];

    /// <param name="sheets">In the order in which a page has them.</param>
    public Stylesheet(IEnumerable<string> sheets)
    {
        foreach (var sheet in sheets)
            Read(sheet);
    }

    /// <summary>Writes what the sheets say of a picture into its elements.</summary>
    public void Apply(XElement picture, bool isDark)
    {
        var colours = new Colours(tokens, isDark);
        Apply(picture, colours, colours.Resolve("var(--ink)"));
        // Only our own sheets know what they mean.
        picture.DescendantsAndSelf().Attributes("class").Remove();
    }

    public string Colour(string token, bool isDark) => new Colours(tokens, isDark).Resolve($"var({token})");

    private void Apply(XElement element, Colours colours, string colour)
    {
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in rules.Where(rule => rule.Selector.Matches(element)).OrderBy(rule => rule.Selector.Weight))
        {
            foreach (var (property, value) in rule.Said)
                said[property] = colours.Resolve(value);
        }

        if (said.Remove("color", out var own))
            colour = own;
        foreach (var (property, value) in said)
            element.SetAttributeValue(property, Plain(value, colour));
        foreach (var child in element.Elements())
            Apply(child, colours, colour);
    }

    private static string Plain(string value, string colour) =>
        value switch
        {
            "currentColor" => colour,
            "transparent" => "none",
            _ when value.EndsWith("px", StringComparison.Ordinal) => value[..^2],
            _ => value.Replace("\"", "", StringComparison.Ordinal),
        };

    private void Read(string sheet)
    {
        var text = Comment().Replace(sheet, "");
        for (var begin = 0; text.IndexOf('{', begin) is >= 0 and var open; )
        {
            var head = text[begin..open].Trim();
            var close = Closing(text, open);
            // A screen, a printer, somebody's wish: none of it is about a file.
            if (!head.StartsWith('@'))
                Add(head, text[(open + 1)..close]);
            begin = close + 1;
        }
    }

    private void Add(string head, string body)
    {
        var said = new Dictionary<string, string>();
        foreach (var line in body.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (property, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (head == ":root" && property.StartsWith("--", StringComparison.Ordinal))
                tokens[property] = value;
            else if (Properties.Contains(property))
                said[property] = value;
        }

        if (said.Count == 0)
            return;
        foreach (var one in head.Split(','))
        {
            if (Selector.Read(one) is { } selector)
                rules.Add(new Rule(selector, said));
        }
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
                return i;
        }

        throw new FormatException("A style sheet ends inside a rule.");
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    private sealed record Rule(Selector Selector, IReadOnlyDictionary<string, string> Said);
}
