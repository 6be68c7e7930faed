namespace Steady.Incidents.Documents;

/// <summary>Breaks a text into lines of a width. Pure.</summary>
public static class PdfLines
{
    public static List<string> Of(string text, PdfFont font, double size, double width)
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
}

/// <summary>Where a column begins, and how much room its text has.</summary>
public sealed record Column(double Left, double Text);

/// <summary>How wide the columns of a table are. Pure.</summary>
public static class PdfColumns
{
    public const double Size = 8.5;
    private const double Gap = 14;

    /// <summary>A short column gets what it needs; the long ones share what is left, and the longest takes what nobody needs.</summary>
    public static IReadOnlyList<Column> Of(
        IReadOnlyList<string> head,
        IReadOnlyList<IReadOnlyList<Cell>> rows,
        double whole
    )
    {
        var needs = head.Select(
                (name, i) =>
                    rows.Where(row => !row[0].Heads)
                        .Select(row => PdfFont.Text.Width(row[i].Text, Size))
                        .Append(PdfFont.Bold.Width(name, Size))
                        .Max()
                    + Gap
                    // What just fits does.
                    + 0.1
            )
            .ToArray();
        var widths = new double[needs.Length];
        var left = whole + Gap;
        var order = Enumerable.Range(0, needs.Length).OrderBy(i => needs[i]).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            var width = Math.Min(needs[order[i]], left / (order.Count - i));
            (widths[order[i]], left) = (width, left - width);
        }

        widths[order[^1]] += left;
        var columns = new List<Column>();
        var x = 0d;
        foreach (var width in widths)
        {
            columns.Add(new Column(x, width - Gap));
            x += width;
        }

        return columns;
    }
}
