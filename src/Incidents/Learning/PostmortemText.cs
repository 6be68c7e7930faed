using System.Globalization;
using System.Net;
using System.Text;
using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;

namespace Steady.Incidents.Learning;

/// <summary>A postmortem as Markdown and as one HTML page that needs nothing else. Pure.</summary>
public static class PostmortemText
{
    private const string Style =
        "body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#161a23;background:#fff}"
        + "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.2rem}h3{font-size:1rem}"
        + "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
        + "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #d9dde6;overflow-wrap:anywhere}"
        + "th{font-size:.85rem;color:#4c566a}td:first-child{min-width:7rem}pre{overflow-x:auto;padding:.8rem;background:#f2f4f8}"
        + "blockquote{margin-left:0;padding-left:1rem;border-left:3px solid #d9dde6}a{color:#1f5fbf}"
        + "@media(prefers-color-scheme:dark){body{color:#e7ebf3;background:#0c0f15}th,td{border-color:#2b3242}"
        + "th{color:#aab4c6}pre{background:#151a24}blockquote{border-color:#2b3242}a{color:#8ab8ff}}";

    public static string Markdown(PostmortemView view)
    {
        var text = new StringBuilder();
        foreach (var part in PostmortemParts.Of(view))
        {
            switch (part)
            {
                case Heading heading:
                    text.Append('#', heading.Level).Append(' ').AppendLine(Plain(heading.Text));
                    break;
                case Paragraph paragraph:
                    text.AppendLine(Plain(paragraph.Text));
                    break;
                // As it was written: who reads Markdown reads the source.
                case Written written:
                    text.AppendLine(written.Markdown.Trim());
                    break;
                case Grid grid:
                    Row(grid.Head.Select(Plain));
                    text.Append('|').Insert(text.Length, "---|", grid.Head.Count).AppendLine();
                    foreach (var row in grid.Rows)
                        Row(row.Select(cell => cell.Link is { } to ? $"[{Plain(cell.Text)}]({to})" : Plain(cell.Text)));
                    break;
            }

            text.AppendLine();
        }

        return text.ToString().TrimEnd() + "\n";

        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
    }

    public static string Html(PostmortemView view)
    {
        // What the page may do is said in it too, for whoever keeps it as a file.
        var text = new StringBuilder(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Encoded(PostmortemParts.Title(view))}</title><style>{Style}</style></head><body>

            """
        );
        foreach (var part in PostmortemParts.Of(view))
        {
            switch (part)
            {
                case Heading heading:
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"<h{heading.Level}>{Encoded(heading.Text)}</h{heading.Level}>"
                    );
                    break;
                case Paragraph paragraph:
                    text.AppendLine(CultureInfo.InvariantCulture, $"<p>{Encoded(paragraph.Text)}</p>");
                    break;
                case Written written:
                    text.Append(SafeMarkdown.Html(written.Markdown));
                    break;
                case Grid grid:
                    Table(text, grid);
                    break;
            }
        }

        return text.AppendLine("</body></html>").ToString();
    }

    private static void Table(StringBuilder text, Grid grid)
    {
        text.Append("<table><thead><tr>")
            .AppendJoin("", grid.Head.Select(cell => $"<th>{Encoded(cell)}</th>"))
            .AppendLine("</tr></thead><tbody>");
        foreach (var row in grid.Rows)
            text.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Linked(cell)}</td>")).AppendLine("</tr>");
        text.AppendLine("</tbody></table>");
    }

    private static string Linked(Cell cell) =>
        cell.Link is { } to ? $"<a href=\"{Encoded(to)}\">{Encoded(cell.Text)}</a>" : Encoded(cell.Text);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    // What is no Markdown of its author stays text: it neither formats nor links, nor leaves its cell.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n' or '\r')
                plain.Append(' ');
            else if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '~')
                plain.Append('\\').Append(letter);
            else
                plain.Append(letter);
        }

        return plain.ToString();
    }
}
