using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Export;
using UglyToad.PdfPig;
using Xunit;
using static Steady.Tests.Unit.Incidents.Replay.Stories;

namespace Steady.Tests.Unit.Incidents.Export;

/// <summary>What a query found, as a document to hand on.</summary>
public sealed class QueryDocumentTests
{
    private const string Evil = "<img src=x onerror=alert(1)> & \"so\"";

    [Fact]
    public void A_page_fetches_nothing_runs_nothing_and_has_every_entry_with_how_late_it_was_known()
    {
        var page = QueryDocument.Html(Answer(Entry(1, Noon, Noon.AddMinutes(5), text: Evil)), null);
        Assert.Contains("script-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;so&quot;", page, StringComparison.Ordinal);
        Assert.Contains("+5 min", page, StringComparison.Ordinal);
        Assert.Contains("Friday, 20 November 2026", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was found.", QueryDocument.Html(Answer(), null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pdf_has_as_many_pages_as_it_needs_a_head_on_each_and_loses_no_entry()
    {
        var story = Enumerable
            .Range(0, 500)
            .Select(i => Entry(i, Noon.AddMinutes(i), Noon.AddMinutes(i), text: $"entry{i} {new string('x', i % 90)}"))
            .ToArray();
        using var document = PdfDocument.Open(QueryDocument.Pdf(Answer(story) with { Next = "x" }, null));
        var words = document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text).ToHashSet();
        Assert.Empty(story.Select(one => one.Text.Split(' ')[0]).Except(words));
        Assert.All(
            document.GetPages(),
            page => Assert.Contains(page.GetWords(), word => word.Text is "Known" or "Timeline:")
        );
        Assert.Contains("there are more", document.GetPage(1).Text, StringComparison.Ordinal);
        Assert.All(
            document.GetPages().SelectMany(page => page.Letters),
            letter => Assert.InRange(letter.BoundingBox.Right, 0, 595.28 - 50)
        );
    }

    [Fact]
    public void Counts_and_gaps_are_tables_too()
    {
        var counts = Answer() with { Counts = [new TimelineCount("alert", 1234), new TimelineCount("", 1)] };
        Assert.Contains("<td>1,234</td>", QueryDocument.Html(counts, null), StringComparison.Ordinal);
        var gaps = Answer() with { Gaps = [new TimelineGap(Noon, Noon.AddMinutes(90), 5400, Guid.Empty, Guid.Empty)] };
        Assert.Contains("<td>1 h 30 min</td>", QueryDocument.Html(gaps, null), StringComparison.Ordinal);
        using var document = PdfDocument.Open(QueryDocument.Pdf(gaps, null));
        Assert.Contains("30 min", document.GetPage(1).Text, StringComparison.Ordinal);
    }

    private static TimelineAnswer Answer(params TimelineEntry[] entries) =>
        new(entries, null, Noon.AddDays(1), "kind:note");
}
