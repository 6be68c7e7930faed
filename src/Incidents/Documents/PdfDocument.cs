using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Steady.Incidents.Documents;

/// <summary>The parts of a document as a PDF, words without emphasis. Pure.</summary>
public static class PdfDocument
{
    public const string Type = "application/pdf";
    private const double Indent = 14;

    /// <param name="title">What readers show above the window.</param>
    /// <param name="parts">What is in it.</param>
    /// <param name="foot">What stands at the foot of each page.</param>
    public static byte[] Of(string title, IEnumerable<Part> parts, string foot)
    {
        var pages = new PdfPages();
        foreach (var part in parts)
        {
            switch (part)
            {
                case Heading heading:
                    Head(pages, heading.Text, heading.Level);
                    break;
                case Paragraph paragraph:
                    pages.Text(paragraph.Text, PdfFont.Text, PdfPages.Body);
                    pages.Skip(5);
                    break;
                case Written written when SafeMarkdown.Read(written.Markdown) is { } document:
                    foreach (var block in document)
                        Put(pages, block, 0);
                    break;
                case Written written:
                    pages.Code(written.Markdown, PdfPages.Body, 0);
                    break;
                case Grid grid:
                    pages.Table(grid.Head, grid.Rows);
                    break;
            }
        }

        return PdfFile.Of(title, pages.Finish(foot));
    }

    private static void Head(PdfPages pages, string text, int level)
    {
        var size = level switch
        {
            1 => 19,
            2 => 12.5,
            _ => 10.5,
        };
        pages.Skip(
            level switch
            {
                1 => 0,
                2 => 14,
                _ => 7,
            }
        );
        pages.Keep(size * 4);
        pages.Text(text, PdfFont.Bold, size);
        pages.Skip(level == 1 ? 4 : 3);
    }

    private static void Put(PdfPages pages, Block block, double indent)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Head(pages, Words(heading.Inline), heading.Level);
                break;
            case Table table:
                pages.Table([.. Cells((TableRow)table[0]).Select(one => one.Text)], [.. Rows(table)]);
                break;
            case ListBlock list:
                Items(pages, list, indent);
                break;
            case CodeBlock code:
                pages.Code(code.Lines.ToString(), PdfPages.Body - 1, indent);
                break;
            case ThematicBreakBlock:
                pages.Skip(3);
                pages.Rule(indent);
                pages.Skip(6);
                break;
            case LeafBlock { Inline: { } words }:
                pages.Text(Words(words), PdfFont.Text, PdfPages.Body, indent);
                pages.Skip(5);
                break;
            case ContainerBlock container when container is not LinkReferenceDefinitionGroup:
                foreach (var inner in container)
                    Put(pages, inner, indent + Indent);
                break;
        }
    }

    private static void Items(PdfPages pages, ListBlock list, double indent)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            pages.Mark(list.IsOrdered ? $"{number++}." : "•", indent);
            foreach (var inner in item)
                Put(pages, inner, indent + Indent);
            // Items of a list stand closer than paragraphs.
            pages.Skip(-2);
        }

        pages.Skip(4);
    }

    private static IEnumerable<IReadOnlyList<Cell>> Rows(Table table) =>
        table.Skip(1).Cast<TableRow>().Select(row => (IReadOnlyList<Cell>)Cells(row));

    private static List<Cell> Cells(TableRow row) =>
        [
            .. row.Cast<TableCell>()
                .Select(cell => new Cell(
                    string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Words(leaf.Inline)))
                )),
        ];

    private static string Words(Inline? inline)
    {
        var text = new StringBuilder();
        Add(inline);
        return text.ToString();

        void Add(Inline? one)
        {
            switch (one)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline line:
                    text.Append(line.IsHard ? '\n' : ' ');
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline container:
                    var from = text.Length;
                    foreach (var inner in container)
                        Add(inner);
                    // Nobody can press a word on paper.
                    if (container is LinkInline { Url: { } to } && text.ToString(from, text.Length - from) != to)
                        text.Append(CultureInfo.InvariantCulture, $" ({to})");
                    break;
            }
        }
    }
}
