using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Steady.Incidents;

/// <summary>
/// What people write, as HTML that can be shown to anybody. HTML in it stays text; a link is one only when it leads to http,
/// https or mailto; a picture is a link, so that nobody's reading is told to a stranger's server. Pure.
/// </summary>
public static class SafeMarkdown
{
    // Below the headings of the document that the text stands in.
    private const int DeepestHeading = 6;
    private static readonly string[] Allowed = ["http://", "https://", "mailto:"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .Build();

    /// <param name="markdown">What somebody wrote.</param>
    /// <param name="below">The level of the heading it stands under, 1 to 6.</param>
    public static string Html(string markdown, int below = 2) =>
        Read(markdown, below) is { } document
            ? document.ToHtml(Pipeline)
            // Too deep to be understood: shown as it is.
            : $"<pre>{System.Net.WebUtility.HtmlEncode(markdown)}</pre>\n";

    /// <summary>The text, understood and without what is not allowed; null when it stands too deep in itself.</summary>
    public static MarkdownDocument? Read(string markdown, int below = 2)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // So Markdig says that lists, quotes or brackets stand deeper in each other than it reads.
            return null;
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(DeepestHeading, heading.Level + below);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Tame(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (!IsAllowed(link.IsEmail ? $"mailto:{link.Url}" : link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Mark(link);
        }

        return document;
    }

    /// <summary>Nothing but the schemes by name, as the first thing that stands there.</summary>
    public static bool IsAllowed(string? url) =>
        url is not null && Allowed.Any(start => url.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static void Tame(LinkInline link)
    {
        link.IsImage = false;
        // Written elsewhere in the text and found by name; what is found is what counts.
        var url = link.GetDynamicUrl?.Invoke() ?? link.Url;
        (link.Url, link.GetDynamicUrl) = (url, null);
        if (IsAllowed(url))
        {
            if (link.FirstChild is null)
                link.AppendChild(new LiteralInline(url!));
            Mark(link);
            return;
        }

        // The words stay, the link goes.
        var words = new ContainerInline();
        link.MoveChildrenAfter(link);
        link.ReplaceBy(words);
    }

    private static void Mark(Inline link) => link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
}
