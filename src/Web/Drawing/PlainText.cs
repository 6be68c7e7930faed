using System.Text.RegularExpressions;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>What an entry says as one run of text. Updates are written in Markdown: what they are marked with is left out here. Pure.</summary>
public static partial class PlainText
{
    public static string Of(TimelineEntry entry) => entry.Kind == "update-posted" ? Of(entry.Text) : entry.Text;

    public static string Of(string markdown)
    {
        var text = LineMark().Replace(markdown, "$1");
        text = Link().Replace(text, "$1 ($2)");
        text = Strong().Replace(text, "$2");
        text = Emphasis().Replace(text, "$2");
        return Code().Replace(text, "$1");
    }

    // Headings, quotations and the fences of code; a list keeps its signs, or its steps would run into each other.
    [GeneratedRegex("^([ ]*)(?:#{1,6}[ ]+|>[ ]?|```.*$)", RegexOptions.Multiline)]
    private static partial Regex LineMark();

    [GeneratedRegex(@"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")]
    private static partial Regex Strong();

    // Within a word a line stands for itself: checkout_api_v2.
    [GeneratedRegex(@"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])")]
    private static partial Regex Emphasis();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
