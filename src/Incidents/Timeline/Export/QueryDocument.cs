using System.Globalization;
using System.Text;
using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;

namespace Steady.Incidents.Timeline.Export;

/// <summary>What a query found, as a document to hand on: a page that stands alone, or a PDF. Pure.</summary>
public static class QueryDocument
{
    /// <summary>More than this stands in no document.</summary>
    public const int Most = 2_000;
    private static readonly ILookup<Guid, TimelineEntry> NoVersions = Array
        .Empty<TimelineEntry>()
        .ToLookup(_ => Guid.Empty);
    private static readonly ILookup<Guid, int> NoClashes = Array.Empty<int>().ToLookup(_ => Guid.Empty);

    /// <param name="answer">What was found.</param>
    /// <param name="about">The incident that it is of; null for none or several.</param>
    public static string Html(TimelineAnswer answer, IncidentView? about)
    {
        var body = new StringBuilder("<header>\n<p class=\"over\">Timeline</p>\n<h1>");
        body.Append(HtmlDocument.Escaped(Title(answer, about))).Append("</h1>\n<p class=\"facts\"><span>");
        body.AppendJoin("</span><span>", Facts(answer).Select(HtmlDocument.Escaped)).Append("</span></p>\n</header>\n");
        body.Append("<main class=\"story\">\n");
        if (Figures(answer) is { } grid)
            Table(body, grid);
        else if (answer.Items.Count == 0)
            body.Append("<p class=\"panel empty\">Nothing was found.</p>\n");
        else
            StoryTable.Append(body, answer.Items, NoVersions, NoClashes);
        body.Append("</main>\n<footer>Asked: <code>").Append(HtmlDocument.Escaped(answer.Query ?? ""));
        body.Append("</code>. Times are UTC.</footer>\n");
        return HtmlDocument.Of(Title(answer, about), body.ToString(), ["document.css"]);
    }

    public static byte[] Pdf(TimelineAnswer answer, IncidentView? about) =>
        PdfDocument.Of(Title(answer, about), Parts(answer, about), Foot(answer));

    private static string Title(TimelineAnswer answer, IncidentView? about) =>
        about is null ? $"Timeline: {answer.Query}" : $"INC-{about.Number}: {about.Title}";

    private static IEnumerable<string> Facts(TimelineAnswer answer)
    {
        if (answer.Items.Count > 0)
            yield return Spoken.Span(answer.Items.Min(one => one.OccurredAt), answer.Items.Max(one => one.OccurredAt));
        if (answer.Gaps is null && answer.Counts is null)
            yield return answer.Next is not null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the first {answer.Items.Count:N0} entries; there are more"
                )
            : answer.Items.Count == 1 ? "1 entry"
            : string.Create(CultureInfo.InvariantCulture, $"{answer.Items.Count:N0} entries");
        if (answer.KnownThrough is { } through)
            yield return $"as known at {Spoken.Moment(through)} UTC";
    }

    private static IEnumerable<Part> Parts(TimelineAnswer answer, IncidentView? about)
    {
        yield return new Heading(1, Title(answer, about));
        yield return new Paragraph(string.Join("; ", Facts(answer)) + ".");
        if (Figures(answer) is { } grid)
        {
            yield return grid;
            yield break;
        }

        if (answer.Items.Count == 0)
            yield return new Paragraph("Nothing was found.");
        else
            yield return new Grid(
                ["UTC", "Known", "What", "By"],
                [.. answer.Items.GroupBy(one => Spoken.Day(one.OccurredAt)).SelectMany(Day)]
            );
    }

    private static IEnumerable<IReadOnlyList<Cell>> Day(IGrouping<string, TimelineEntry> day) =>
        [
            [new Cell(day.Key, Heads: true)],
            .. day.Select(Row),
        ];

    private static IReadOnlyList<Cell> Row(TimelineEntry entry) =>
        [
            new Cell(Spoken.When(entry)),
            new Cell(Spoken.Late(entry) ?? "", Ink: Spoken.IsSlow(entry) ? Ink.Warn : Ink.Grey),
            new Cell(entry.Text),
            new Cell(Spoken.By(entry), Ink: Ink.Grey),
        ];

    private static string Foot(TimelineAnswer answer)
    {
        var query = answer.Query ?? "";
        return query.Length > 70 ? $"{query[..69]}…" : query;
    }

    // What pipes make of entries.
    private static Grid? Figures(TimelineAnswer answer) =>
        answer.Gaps is { } gaps
            ? new Grid(
                ["From (UTC)", "To (UTC)", "Nothing for"],
                [
                    .. gaps.Select(gap =>
                        (IReadOnlyList<Cell>)
                            [
                                new Cell(Spoken.Moment(gap.From)),
                                new Cell(Spoken.Moment(gap.To)),
                                new Cell(Spoken.Length(gap.To - gap.From)),
                            ]
                    ),
                ]
            )
        : answer.Counts is { } counts
            ? new Grid(
                ["What", "How many"],
                [
                    .. counts.Select(one =>
                        (IReadOnlyList<Cell>)
                            [
                                new Cell(one.Key.Length > 0 ? one.Key : "–"),
                                new Cell(one.Count.ToString("N0", CultureInfo.InvariantCulture)),
                            ]
                    ),
                ]
            )
        : null;

    private static void Table(StringBuilder body, Grid grid)
    {
        body.Append("<table class=\"panel plain\"><thead><tr>");
        foreach (var name in grid.Head)
            body.Append("<th scope=\"col\">").Append(HtmlDocument.Escaped(name)).Append("</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (var row in grid.Rows)
        {
            body.Append("<tr>");
            foreach (var cell in row)
                body.Append("<td>").Append(HtmlDocument.Escaped(cell.Text)).Append("</td>");
            body.Append("</tr>\n");
        }

        body.Append("</tbody></table>\n");
    }
}
