using System.Globalization;
using System.Text;

namespace Steady.Incidents.Documents;

/// <summary>Lays text out on pages of A4, from top to bottom.</summary>
public sealed class PdfPages
{
    public const double Body = 9.5;
    public const double Wide = PdfFile.Width - (2 * Margin);
    private const double Margin = 54;
    private const double Leading = 1.42;
    private readonly List<StringBuilder> pages = [new()];
    private double y = PdfFile.Height - Margin;

    /// <summary>Wrapped lines of one font.</summary>
    public void Text(string text, PdfFont font, double size, double indent = 0, Ink? ink = null)
    {
        foreach (var line in PdfLines.Of(text, font, size, Wide - indent))
        {
            Room(size * Leading);
            Put(line, font, size, indent, ink);
            y -= size * Leading;
        }
    }

    /// <summary>Lines as they are, on a shade.</summary>
    public void Code(string text, double size, double indent)
    {
        const double Edge = 6;
        var lines = PdfLines.Of(text.TrimEnd(), PdfFont.Code, size, Wide - indent - (2 * Edge));
        y -= 2;
        foreach (var line in lines)
        {
            Room(size * Leading);
            Box(indent, size * Leading, Wide - indent, Ink.Shade);
            Put(line, PdfFont.Code, size, indent + Edge, null);
            y -= size * Leading;
        }

        y -= 4;
    }

    /// <summary>A line across the page, from an indentation on.</summary>
    public void Rule(double indent = 0, double thickness = 0.5, Ink? ink = null) =>
        Line(indent, Wide, thickness, ink ?? Ink.Line);

    public void Skip(double points) => y -= points;

    /// <summary>Begins a new page when less than this is left: a heading stays with what it is above.</summary>
    public void Keep(double points) => Room(points);

    /// <summary>A mark of a list, beside the line that comes next.</summary>
    public void Mark(string mark, double indent)
    {
        Room(Body * Leading);
        Put(mark, PdfFont.Text, Body, indent, Ink.Grey);
    }

    public void Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        // People's tables have rows that are shorter or longer than their head.
        IReadOnlyList<IReadOnlyList<Cell>> even =
        [
            .. rows.Select(row => row.Concat(Enumerable.Repeat(new Cell(""), head.Count)).Take(head.Count).ToList()),
        ];
        var columns = PdfColumns.Of(head, even, Wide);
        Head(head, columns);
        foreach (var row in even)
        {
            if (row[0].Heads)
            {
                Section(row[0].Text, head, columns);
                continue;
            }

            var lines = row.Select((cell, i) => PdfLines.Of(cell.Text, PdfFont.Text, PdfColumns.Size, columns[i].Text))
                .ToList();
            var height = lines.Max(cell => cell.Count) * PdfColumns.Size * Leading;
            // A row stays in one piece where a page has room for it.
            if (y - height - 6 < Margin && height < PdfFile.Height / 3)
            {
                Page();
                Head(head, columns);
            }

            Row(row, lines, columns, head);
        }

        y -= 8;
    }

    /// <summary>The pages, each with what is said at its foot.</summary>
    public IReadOnlyList<string> Finish(string foot) =>
        [
            .. pages.Select(
                (page, i) =>
                {
                    var number = $"page {i + 1} of {pages.Count}";
                    var right = PdfFile.Width - Margin - PdfFont.Text.Width(number, 8);
                    return page
                        + Drawn(Margin, PdfFile.Width - Margin, Margin - 14, 0.5, Ink.Line)
                        + Shown(foot, PdfFont.Text, 8, Margin, Margin - 26, Ink.Grey)
                        + Shown(number, PdfFont.Text, 8, right, Margin - 26, Ink.Grey);
                }
            ),
        ];

    // Stays with the rows that it is above.
    private void Section(string text, IReadOnlyList<string> head, IReadOnlyList<Column> columns)
    {
        if (Room(PdfColumns.Size * Leading * 4))
            Head(head, columns);
        else
            y -= 7;
        Put(text, PdfFont.Bold, PdfColumns.Size + 0.5, 0, null);
        y -= (PdfColumns.Size * Leading) + 2.5;
        Rule();
        y -= 3.5;
    }

    private void Head(IReadOnlyList<string> head, IReadOnlyList<Column> columns)
    {
        // With the first rows below it.
        Room(PdfColumns.Size * Leading * 4);
        var lines = head.Select((name, i) => PdfLines.Of(name, PdfFont.Bold, PdfColumns.Size - 0.5, columns[i].Text))
            .ToList();
        for (var line = 0; line < lines.Max(cell => cell.Count); line++)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                if (line < lines[i].Count)
                    Put(lines[i][line], PdfFont.Bold, PdfColumns.Size - 0.5, columns[i].Left, Ink.Grey);
            }

            y -= PdfColumns.Size * Leading;
        }

        y -= 2;
        Rule(0, 0.9, Ink.Grey);
        y -= 3.5;
    }

    private void Row(
        IReadOnlyList<Cell> cells,
        List<List<string>> lines,
        IReadOnlyList<Column> columns,
        IReadOnlyList<string> head
    )
    {
        for (var line = 0; line < lines.Max(cell => cell.Count); line++)
        {
            if (Room(PdfColumns.Size * Leading))
                Head(head, columns);
            for (var i = 0; i < lines.Count; i++)
            {
                if (line < lines[i].Count)
                    Put(lines[i][line], PdfFont.Text, PdfColumns.Size, columns[i].Left, cells[i].Ink);
            }

            y -= PdfColumns.Size * Leading;
        }

        y -= 2.5;
        Rule();
        y -= 3.5;
    }

    private bool Room(double points)
    {
        if (y - points >= Margin)
            return false;
        Page();
        return true;
    }

    private void Page()
    {
        pages.Add(new StringBuilder());
        y = PdfFile.Height - Margin;
    }

    private void Put(string text, PdfFont font, double size, double indent, Ink? ink) =>
        pages[^1].Append(Shown(text, font, size, Margin + indent, y - size, ink ?? Ink.Black));

    private void Line(double from, double to, double thickness, Ink ink) =>
        pages[^1].Append(Drawn(Margin + from, Margin + to, y, thickness, ink));

    private void Box(double indent, double height, double width, Ink ink) =>
        pages[^1]
            .Append(
                CultureInfo.InvariantCulture,
                $"{Of(ink)} rg {Margin + indent:0.##} {y - height:0.##} {width:0.##} {height + 0.3:0.##} re f\n"
            );

    private static string Drawn(double from, double to, double at, double thickness, Ink ink) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(ink)} RG {thickness:0.##} w {from:0.##} {at:0.##} m {to:0.##} {at:0.##} l S\n"
        );

    private static string Shown(string text, PdfFont font, double size, double x, double baseline, Ink ink) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(ink)} rg BT /{font.Key} {size:0.##} Tf {x:0.##} {baseline:0.##} Td {PdfFile.Literal(text)} Tj ET\n"
        );

    private static string Of(Ink ink) =>
        string.Create(CultureInfo.InvariantCulture, $"{ink.Red:0.##} {ink.Green:0.##} {ink.Blue:0.##}");
}
