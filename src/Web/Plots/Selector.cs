using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Steady.Web.Plots;

/// <summary>
/// Which elements a rule of a style sheet is about, as far as pictures need it: names, classes and ids, inside each other or right after
/// each other. Pure.
/// </summary>
public sealed partial class Selector
{
    private readonly List<(char Relation, Compound One)> parts;

    private Selector(List<(char, Compound)> parts) => this.parts = parts;

    /// <summary>Ids before classes before names, as style sheets weigh them.</summary>
    public int Weight => parts.Sum(part => part.One.Weight);

    /// <summary>Null when it asks for more than is understood here: hovering, attributes, the width of a screen.</summary>
    public static Selector? Read(string text)
    {
        var parts = new List<(char, Compound)>();
        var relation = ' ';
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "+")
                relation = '+';
            else if (Word().Match(word) is { Success: true } match)
            {
                parts.Add((relation, Compound.Of(match)));
                relation = ' ';
            }
            else
                return null;
        }

        return parts.Count == 0 ? null : new Selector(parts);
    }

    public bool Matches(XElement element) => Matches(element, parts.Count - 1);

    private bool Matches(XElement element, int last)
    {
        if (!parts[last].One.Matches(element))
            return false;
        if (last == 0)
            return true;
        return parts[last].Relation == '+'
            ? element.ElementsBeforeSelf().LastOrDefault() is { } before && Matches(before, last - 1)
            : element.Ancestors().Any(around => Matches(around, last - 1));
    }

    [GeneratedRegex(@"^(?<name>[a-z]+[0-9]?)?(?:\.(?<class>[\w-]+)|#(?<id>[\w-]+))*$")]
    private static partial Regex Word();

    private sealed record Compound(string? Name, string? Id, IReadOnlyList<string> Classes)
    {
        public int Weight => (Id is null ? 0 : 10_000) + 100 * Classes.Count + (Name is null ? 0 : 1);

        public static Compound Of(Match match) =>
            new(
                match.Groups["name"].Success ? match.Groups["name"].Value : null,
                match.Groups["id"].Success ? match.Groups["id"].Value : null,
                [.. match.Groups["class"].Captures.Select(one => one.Value)]
            );

        public bool Matches(XElement element) =>
            (Name is null || element.Name.LocalName == Name)
            && (Id is null || (string?)element.Attribute("id") == Id)
            && (Classes.Count == 0 || Classes.All(((string?)element.Attribute("class") ?? "").Split(' ').Contains));
    }
}
