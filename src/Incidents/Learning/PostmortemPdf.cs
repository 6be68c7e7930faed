using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>A postmortem as a PDF: the same parts, words without emphasis. Pure.</summary>
public static class PostmortemPdf
{
    private const double Indent = 14;

    public static byte[] Of(PostmortemView view)
    {
        var pages = new PdfPages();
        foreach (var part in PostmortemParts.Of(view))
        {
            switch (part)
            {
                case Heading heading:
                    Head(pages, heading.Text, heading.Level);
                    break;
                case Paragraph paragraph:
                    pages.Text(paragraph.Text, PdfFont.Text, PdfPages.Body);
                    pages.Skip(4);
                    break;
                case Written written when SafeMarkdown.Read(written.Markdown) is { } document:
                    foreach (var block in document)
                        Put(pages, block, 0);
                    break;
                case Written written:
                    pages.Text(written.Markdown, PdfFont.Code, PdfPages.Body);
                    break;
                case Grid grid:
                    pages.Table(grid.Head, [.. grid.Rows.Select(row => row.Select(cell => cell.Text).ToList())]);
                    break;
            }
        }

        var title = PostmortemParts.Title(view);
        return PdfFile.Of(title, pages.Finish($"INC-{view.Number}, {view.Service}"));
    }

    private static void Head(PdfPages pages, string text, int level)
    {
        var size = level switch
        {
            1 => 17,
            2 => 12.5,
            _ => 10.5,
        };
        pages.Skip(level == 1 ? 0 : 8);
        pages.Keep(size * 3);
        pages.Text(text, PdfFont.Bold, size);
        pages.Skip(4);
    }

    private static void Put(PdfPages pages, Block block, double indent)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Head(pages, Words(heading.Inline), heading.Level);
                break;
            case Table table:
                pages.Table(Cells((TableRow)table[0]), [.. table.Skip(1).Cast<TableRow>().Select(Cells)]);
                pages.Skip(4);
                break;
            case ListBlock list:
                Items(pages, list, indent);
                break;
            case CodeBlock code:
                pages.Text(code.Lines.ToString(), PdfFont.Code, PdfPages.Body - 1, indent);
                pages.Skip(4);
                break;
            case LeafBlock { Inline: { } words }:
                pages.Text(Words(words), PdfFont.Text, PdfPages.Body, indent);
                pages.Skip(4);
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
        }
    }

    private static List<string> Cells(TableRow row) =>
        [
            .. row.Cast<TableCell>()
                .Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Words(leaf.Inline)))),
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
