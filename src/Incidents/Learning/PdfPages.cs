using System.Globalization;
using System.Text;

namespace Steady.Incidents.Learning;

/// <summary>Lays text out on pages of A4, from top to bottom.</summary>
public sealed class PdfPages
{
    public const double Body = 9.5;
    private const double Margin = 54;
    private const double Gap = 10;
    private const double Leading = 1.35;
    private readonly List<StringBuilder> pages = [new()];
    private double y = PdfFile.Height - Margin;

    /// <summary>Wrapped lines of one font.</summary>
    public void Text(string text, PdfFont font, double size, double indent = 0)
    {
        foreach (var line in Lines(text, font, size, PdfFile.Width - (2 * Margin) - indent))
        {
            Room(size * Leading);
            Put(line, font, size, Margin + indent);
            y -= size * Leading;
        }
    }

    public void Skip(double points) => y -= points;

    /// <summary>Begins a new page when less than this is left: a heading stays with what it is above.</summary>
    public void Keep(double points) => Room(points);

    /// <summary>A mark of a list, beside the line that comes next.</summary>
    public void Mark(string mark, double indent)
    {
        Room(Body * Leading);
        Put(mark, PdfFont.Text, Body, Margin + indent);
    }

    public void Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        // People's tables have rows that are shorter or longer than their head.
        IReadOnlyList<IReadOnlyList<string>> even =
        [
            .. rows.Select(row => row.Concat(Enumerable.Repeat("", head.Count)).Take(head.Count).ToList()),
        ];
        var widths = Widths(head, even);
        Row(head, widths, PdfFont.Bold);
        foreach (var row in even)
            Row(row, widths, PdfFont.Text);
    }

    /// <summary>The pages, each with what is said at its foot.</summary>
    public IReadOnlyList<string> Finish(string foot) =>
        [
            .. pages.Select(
                (page, i) =>
                {
                    (y, var last) = (Margin / 2, i + 1);
                    return page + Shown($"{foot}, page {last} of {pages.Count}", PdfFont.Text, 8, Margin, Margin / 2);
                }
            ),
        ];

    // A row that is higher than what is left of the page goes on upon the next one, line by line.
    private void Row(IReadOnlyList<string> cells, double[] widths, PdfFont font)
    {
        const double Size = 8.5;
        var lines = cells.Select((cell, i) => Lines(cell, font, Size, widths[i] - Gap)).ToList();
        for (var line = 0; line < lines.Max(cell => cell.Count); line++)
        {
            Room(Size * Leading);
            var x = Margin;
            for (var i = 0; i < lines.Count; i++)
            {
                if (line < lines[i].Count)
                    Put(lines[i][line], font, Size, x);
                x += widths[i];
            }

            y -= Size * Leading;
        }

        y -= 3;
    }

    // The last column gets what the others leave, and the others at most a fair part of the page.
    private static double[] Widths(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        const double Size = 8.5;
        var whole = PdfFile.Width - (2 * Margin);
        var most = whole / Math.Max(2, head.Count);
        var widths = new double[head.Count];
        for (var i = 0; i < head.Count - 1; i++)
        {
            var column = i;
            var widest = rows.Select(row => row[column])
                .Append(head[column])
                .Max(text => PdfFont.Bold.Width(text, Size));
            widths[i] = Math.Min(most, widest + Gap);
        }

        widths[^1] = whole - widths.Sum();
        return widths;
    }

    private static List<string> Lines(string text, PdfFont font, double size, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var longer = line is "" ? word : $"{line} {word}";
                if (font.Width(longer, size) <= width)
                {
                    line = longer;
                    continue;
                }

                if (line is not "")
                    lines.Add(line);
                line = Break(word, font, size, width, lines);
            }

            lines.Add(line);
        }

        return lines;
    }

    // A word that is longer than a line is cut where the line ends; what is left of it begins the next.
    private static string Break(string word, PdfFont font, double size, double width, List<string> lines)
    {
        while (font.Width(word, size) > width && word.Length > 1)
        {
            var (fits, used) = (0, 0d);
            while (fits < word.Length && (used += font.Width(word[fits..(fits + 1)], size)) <= width)
                fits++;
            fits = Math.Max(1, fits);
            lines.Add(word[..fits]);
            word = word[fits..];
        }

        return word;
    }

    private void Room(double points)
    {
        if (y - points >= Margin)
            return;
        pages.Add(new StringBuilder());
        y = PdfFile.Height - Margin;
    }

    private void Put(string text, PdfFont font, double size, double x) =>
        pages[^1].Append(Shown(text, font, size, x, y - size));

    private static string Shown(string text, PdfFont font, double size, double x, double baseline) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"BT /{font.Key} {size:0.##} Tf {x:0.##} {baseline:0.##} Td {PdfFile.Literal(text)} Tj ET\n"
        );
}
