using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Client;

namespace Steady.Web.Drawing;

/// <summary>Something wrong with evidence that was to be imported.</summary>
/// <param name="Where">The line or the entry, and the field.</param>
/// <param name="Line">The line itself; null where none can be shown.</param>
public sealed record ImportMistake(string Where, string Message, string? Line);

/// <summary>What is wrong with evidence, at the lines of the text as somebody gave it. Pure.</summary>
public static partial class ImportMistakes
{
    private const int Shown = 160;

    /// <summary>Whether it is lines of JSON, in place of a JSON array.</summary>
    public static bool IsLines(string text) => !text.AsSpan().TrimStart().StartsWith("[", StringComparison.Ordinal);

    public static IReadOnlyList<ImportMistake> Of(string text, IReadOnlyList<Finding> findings)
    {
        if (!IsLines(text))
            return [.. findings.Select(InArray)];
        var lines = text.Split('\n');
        // The service counts the entries that it could read.
        var unread = findings.Select(one => Number(LineName().Match(one.Path))).OfType<int>().ToHashSet();
        var entries = Enumerable
            .Range(1, lines.Length)
            .Where(line => lines[line - 1].Trim().Length > 0 && !unread.Contains(line))
            .ToList();
        return
        [
            .. findings.Select(one => InLines(one, lines, entries)).OrderBy(one => one.Line).Select(one => one.Told),
        ];
    }

    private static (int Line, ImportMistake Told) InLines(Finding finding, string[] lines, List<int> entries)
    {
        var entry = EntryName().Match(finding.Path);
        var line =
            Number(LineName().Match(finding.Path))
            ?? (Number(entry) is { } place && place < entries.Count ? entries[place] : 0);
        return line is < 1 || line > lines.Length
            ? (0, new ImportMistake(finding.Path, Said(finding.Message), null))
            : (
                line,
                new ImportMistake(At($"Line {line}", entry), Said(finding.Message), Words.Cut(lines[line - 1], Shown))
            );
    }

    private static ImportMistake InArray(Finding finding)
    {
        var entry = EntryName().Match(finding.Path);
        var line = JsonLine().Match(finding.Message);
        var where =
            Number(line) is { } at ? $"Line {at + 1}"
            : Number(entry) is { } place ? $"Entry {place + 1}"
            : "";
        return new ImportMistake(At(where, entry), Said(finding.Message), null);
    }

    private static string At(string where, Match entry) =>
        entry.Groups["field"] is { Success: true, Value: var field } ? $"{where}, {field}" : where;

    private static int? Number(Match match) =>
        match.Success ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : null;

    // Where it is has been said already.
    private static string Said(string message) => Place().Replace(message, "");

    [GeneratedRegex("^line (?<number>[0-9]{1,8})$")]
    private static partial Regex LineName();

    [GeneratedRegex(@"^\$?\[(?<number>[0-9]{1,8})\](?:\.(?<field>.+))?$")]
    private static partial Regex EntryName();

    [GeneratedRegex("LineNumber: (?<number>[0-9]{1,8})")]
    private static partial Regex JsonLine();

    [GeneratedRegex(@" (?:Path: [^|]*\| )?LineNumber: [0-9]+ \| BytePositionInLine: [0-9]+\.")]
    private static partial Regex Place();
}
