using System.Globalization;
using System.Text;
using System.Text.Json;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>An answer as a text: Markdown for people, CSV for spreadsheets, a line of JSON each for programs. Pure.</summary>
public static class Rendering
{
    public const string Markdown = "text/markdown";
    public const string Csv = "text/csv";
    public const string Lines = "application/x-ndjson";
    private const string Minute = "yyyy-MM-dd HH:mm";

    public static string Render(TimelineAnswer answer, string type) =>
        type switch
        {
            Markdown => AsMarkdown(answer),
            Csv => AsCsv(answer),
            _ => AsLines(answer),
        };

    private static string AsLines(TimelineAnswer answer)
    {
        var text = new StringBuilder();
        foreach (var row in (IEnumerable<object>?)answer.Gaps ?? answer.Counts ?? (IEnumerable<object>)answer.Items)
            text.Append(JsonSerializer.Serialize(row, row.GetType(), Contracts.Json.Options)).Append('\n');
        return text.ToString();
    }

    private static string AsMarkdown(TimelineAnswer answer)
    {
        var text = new StringBuilder();
        var rows = Rows(answer, entry => [When(entry), entry.Source, entry.Kind, entry.Text, entry.Actor], Minute);
        Row(MarkdownNames(answer));
        Row([.. MarkdownNames(answer).Select(_ => "---")]);
        foreach (var row in rows)
            Row([.. row.Select(Escaped)]);
        return text.ToString();

        void Row(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string[] MarkdownNames(TimelineAnswer answer) =>
        answer.Gaps is not null ? ["From (UTC)", "To (UTC)", "Seconds"]
        : answer.Counts is not null ? ["What", "How many"]
        : ["When (UTC)", "Source", "Kind", "What", "By"];

    private static string AsCsv(TimelineAnswer answer)
    {
        var text = new StringBuilder();
        Row(
            answer.Gaps is not null ? ["from", "to", "seconds"]
            : answer.Counts is not null ? ["key", "count"]
            :
            [
                "occurredAt",
                "occurredUntil",
                "recordedAt",
                "source",
                "kind",
                "category",
                "services",
                "incidentId",
                "actor",
                "text",
                "confidence",
                "traceId",
                "id",
                "version",
            ]
        );
        foreach (var row in Rows(answer, Cells, "O"))
            Row(row);
        return text.ToString();

        void Row(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(
        TimelineAnswer answer,
        Func<TimelineEntry, IReadOnlyList<string>> entry,
        string moment
    ) =>
        answer.Gaps?.Select(gap =>
            (IReadOnlyList<string>)
                [Utc(gap.From, moment), Utc(gap.To, moment), gap.Seconds.ToString(CultureInfo.InvariantCulture)]
        )
        ?? answer.Counts?.Select(one =>
            (IReadOnlyList<string>)[one.Key, one.Count.ToString(CultureInfo.InvariantCulture)]
        )
        ?? answer.Items.Select(entry);

    private static IReadOnlyList<string> Cells(TimelineEntry entry) =>
        [
            Utc(entry.OccurredAt, "O"),
            entry.OccurredUntil is { } until ? Utc(until, "O") : "",
            Utc(entry.RecordedAt, "O"),
            entry.Source,
            entry.Kind,
            entry.Category,
            string.Join(' ', entry.Services),
            $"{entry.IncidentId}",
            entry.Actor,
            entry.Text,
            entry.Confidence is { } sure ? $"{sure}".ToLowerInvariant() : "",
            entry.TraceId ?? "",
            $"{entry.Id}",
            entry.EntryVersion.ToString(CultureInfo.InvariantCulture),
        ];

    private static string When(TimelineEntry entry) =>
        entry.OccurredUntil is { } until
            ? $"{Utc(entry.OccurredAt, Minute)} – {Utc(until, Minute)}"
            : Utc(entry.OccurredAt, Minute);

    private static string Utc(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>One cell of a spreadsheet: what begins like a formula is a text, RFC 4180 has the rest.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && text.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..])
            text = $"'{text}";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // What somebody wrote stays their words: it makes no cell, no link and no tag.
    private static string Escaped(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is '\r' or '\n')
                safe.Append(' ');
            else if (letter is '<' or '>' or '&')
                safe.Append(
                    letter switch
                    {
                        '<' => "&lt;",
                        '>' => "&gt;",
                        _ => "&amp;",
                    }
                );
            else if ("\\`*_[]|~#!".Contains(letter, StringComparison.Ordinal))
                safe.Append('\\').Append(letter);
            else
                safe.Append(letter);
        }

        return safe.ToString();
    }
}
