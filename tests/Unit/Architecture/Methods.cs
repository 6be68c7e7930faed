using System.Text.RegularExpressions;

namespace Steady.Tests.Unit.Architecture;

/// <summary>
/// Finds methods by their shape after CSharpier, so that no parser is needed: members are separated by an empty line or
/// end their type, a block ends at the indent of its head, and an expression where its statement does. What counts is
/// the body: parameters take a line each only because the formatter says so.
/// </summary>
internal static partial class Methods
{
    public static IEnumerable<(string Head, int Lines)> In(IReadOnlyList<string> lines)
    {
        for (var start = 0; start < lines.Count; start++)
        {
            var head = Head().Match(lines[start]);
            if (head.Success && !lines[start].EndsWith(';') && !lines[start].EndsWith("{ }", StringComparison.Ordinal))
                yield return (lines[start].Trim(), Body(lines, start, head.Groups["indent"].Value));
        }
    }

    private static int Body(IReadOnlyList<string> lines, int start, string indent)
    {
        var end = End(lines, start, indent);
        var body = start;
        while (body < end && lines[body] != indent + "{" && !lines[body].Contains("=>", StringComparison.Ordinal))
            body++;
        return lines[body] == indent + "{" ? end - body - 1 : end - body;
    }

    private static int End(IReadOnlyList<string> lines, int start, string indent)
    {
        var block = false;
        for (var line = start + 1; line < lines.Count; line++)
        {
            block |= lines[line] == indent + "{";
            if (block && lines[line] == indent + "}")
                return line;
            if (!block && lines[line].EndsWith(';') && IsLast(lines, line, indent))
                return line;
        }

        return lines.Count - 1;
    }

    private static bool IsLast(IReadOnlyList<string> lines, int line, string indent) =>
        line + 1 >= lines.Count || lines[line + 1].Length == 0 || lines[line + 1] == indent[4..] + "}";

    [GeneratedRegex(
        @"^(?<indent>(?: {4})+)(?:public|private|internal|protected)(?![^(]* (?:class|record|struct|interface) )(?: \w+)* [\w<>\[\],.?() ]+ \w+(?:<[\w, ]+>)?\("
    )]
    private static partial Regex Head();
}
