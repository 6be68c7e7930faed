using Steady.Client;

namespace Steady.Web.Drawing;

/// <summary>A line of a document, and what is wrong in it.</summary>
public sealed record MarkedLine(int Number, string Text, IReadOnlyList<string> Wrong)
{
    private const int Around = 2;

    /// <summary>The lines in which something is wrong and those next to them. What has no line of its own is said of the first.</summary>
    public static IReadOnlyList<MarkedLine> Of(string text, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return [];
        var lines = text.Split('\n');
        var wrong = findings
            .Select(finding => (Line: Math.Clamp(finding.Line ?? 1, 1, lines.Length), Said: Say(finding)))
            .ToLookup(one => one.Line, one => one.Said);
        return
        [
            .. lines
                .Select((line, i) => new MarkedLine(i + 1, line, [.. wrong[i + 1]]))
                .Where(line => wrong.Any(one => Math.Abs(one.Key - line.Number) <= Around)),
        ];
    }

    private static string Say(Finding finding) =>
        $"{(finding.Path.Length > 0 ? $"{finding.Path}: " : "")}{finding.Message}{(finding.Accepted is { } accepted ? $" Accepted: {accepted}" : "")}";
}
