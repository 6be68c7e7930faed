using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>Writes YAML that every reader takes alike: blocks, plain text where it is surely text, quotes elsewhere.</summary>
internal static partial class YamlWriter
{
    private const int Step = 2;
    private const int LongestKey = 100;

    public static string Write(Node node)
    {
        var to = new StringBuilder();
        if (node is MapNode { Members.Count: > 0 } or ListNode { Items.Count: > 0 })
            Block(to, node, 0);
        else
            to.Append(Inline(node, 0)).Append('\n');
        return to.ToString();
    }

    private static void Block(StringBuilder to, Node node, int indent)
    {
        if (node is ListNode list)
        {
            foreach (var item in list.Items)
                Item(to, item, indent);
            return;
        }

        foreach (var (key, value) in ((MapNode)node).Members)
        {
            to.Append(' ', indent);
            Member(to, key, value, indent);
        }
    }

    private static void Item(StringBuilder to, Node item, int indent)
    {
        to.Append(' ', indent).Append('-');
        if (item is ListNode { Items.Count: > 0 } list)
        {
            to.Append('\n');
            Block(to, list, indent + Step);
            return;
        }

        to.Append(' ');
        if (item is MapNode { Members.Count: > 0 } map)
        {
            // The first member stands beside the dash, the others below it.
            var first = true;
            foreach (var (key, value) in map.Members)
            {
                if (!first)
                    to.Append(' ', indent + Step);
                first = false;
                Member(to, key, value, indent + Step);
            }
        }
        else
            to.Append(Inline(item, indent)).Append('\n');
    }

    private static void Member(StringBuilder to, string key, Node value, int indent)
    {
        // A key may be long only when it is marked as one.
        if (key.Length > LongestKey)
            to.Append("? ").Append(Quoted(key)).Append('\n').Append(' ', indent).Append(':');
        else
            to.Append(Line(key)).Append(':');
        if (value is MapNode { Members.Count: > 0 } or ListNode { Items.Count: > 0 })
        {
            to.Append('\n');
            Block(to, value, indent + Step);
        }
        else
            to.Append(' ').Append(Inline(value, indent)).Append('\n');
    }

    private static string Inline(Node node, int indent) =>
        node switch
        {
            MapNode => "{}",
            ListNode => "[]",
            TextNode text => IsBlock(text.Value) ? Literal(text.Value, indent + Step) : Line(text.Value),
            NumberNode number => number.Value,
            TruthNode truth => truth.Value ? "true" : "false",
            _ => "null",
        };

    private static string Line(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        PlainForm().IsMatch(text)
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && text[^1] is not ':' and not ' '
        && IsText(text);

    private static bool IsText(string text)
    {
        try
        {
            return Scalars.Plain(text, 0) is TextNode;
        }
        catch (DocumentException)
        {
            return false;
        }
    }

    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n' or '\t')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && text.All(c => c is '\n' or (>= ' ' and <= '~'))
        && text.Split('\n').All(line => line.Length == 0 || line[^1] != ' ' || line.AsSpan().Trim().Length > 0);

    private static string Literal(string text, int indent)
    {
        var lines = text.TrimEnd('\n')
            .Split('\n')
            .Select(line => line.Length > 0 ? new string(' ', indent) + line : "");
        return (text[^1] == '\n' ? "|\n" : "|-\n") + string.Join('\n', lines);
    }

    private static string Quoted(string text)
    {
        var to = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => to.Append('\\').Append(c),
                '\n' => to.Append("\\n"),
                '\t' => to.Append("\\t"),
                (>= ' ' and <= '~') or (>= '\u00a1' and <= '\ud7ff' and not ('\u2028' or '\u2029')) => to.Append(c),
                _ when char.IsSurrogate(c) => to.Append(c),
                _ => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return to.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_/$(][-A-Za-z0-9_ ./:+()=]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainForm();
}
