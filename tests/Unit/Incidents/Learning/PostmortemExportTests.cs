using System.Text;
using Steady.Contracts.Incidents;
using Steady.Incidents.Learning;
using Steady.Incidents.Response;
using UglyToad.PdfPig;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Learning;

/// <summary>The document that is handed on.</summary>
public sealed class PostmortemExportTests
{
    private static readonly Guid Entry = Guid.Parse("01990000-0000-7000-8000-00000000000e");

    [Fact]
    public void Markdown_has_what_was_written_and_what_is_known()
    {
        var text = PostmortemText.Markdown(View("It was **bad**."));
        Assert.StartsWith("# INC-7: Nobody can pay \\<b\\>\n", text, StringComparison.Ordinal);
        Assert.Contains("## Summary\n\nIt was **bad**.\n", text, StringComparison.Ordinal);
        Assert.Contains("## Impact\n\nNobody has written this section.\n", text, StringComparison.Ordinal);
        Assert.Contains("| Cache \\| prices | bo | 2026-12-31 | open |", text, StringComparison.Ordinal);
        Assert.Contains(
            $"| [2026-11-24 12:01:00 UTC](/incidents/INC-7#e-{Entry}) | ana | ana took the incident. |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("| acknowledged | 2026-11-24 12:01:00 UTC | 1 min 0 s |", text, StringComparison.Ordinal);
        Assert.Contains("| time to resolve | 9 min 0 s |", text, StringComparison.Ordinal);
        Assert.Contains("## After publication", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_escapes_what_is_no_markdown_and_lets_no_markup_through()
    {
        var html = PostmortemText.Html(View("<script>alert(1)</script> [x](javascript:alert(1)) *fine*"));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Nobody can pay &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<em>fine</em>", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pdf_reads_back_as_what_was_written()
    {
        var text = Read(
            PostmortemPdf.Of(
                View(
                    "# How\n\nIt was **bad**, [see](https://a.example).\n\n1. First\n2. Second – “quoted” žluťoučký\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode here\n```\n\n> said"
                )
            )
        );
        foreach (
            var words in (string[])
                [
                    "INC-7: Nobody can pay <b>",
                    "It was bad, see (https://a.example).",
                    "1.",
                    "Second – “quoted” žlutoucký",
                    "code here",
                    "said",
                    "ana took the incident.",
                    "page 1 of",
                ]
        )
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_pdf_has_as_many_pages_as_it_needs_and_loses_nothing()
    {
        var words = Enumerable.Range(1, 3000).Select(i => $"word{i}").ToList();
        var bytes = PostmortemPdf.Of(View(string.Join(' ', words) + $"\n\n{new string('x', 400)}"));
        using var document = PdfDocument.Open(bytes);
        Assert.InRange(document.NumberOfPages, 4, 12);
        var found = document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text).ToHashSet();
        Assert.Empty(words.Except(found));
        // Nothing lies beside the paper.
        Assert.All(
            document.GetPages().SelectMany(page => page.Letters),
            letter => Assert.InRange(letter.BoundingBox.Right, 0, 595.28)
        );
    }

    [Theory]
    [InlineData("|a|b|\n|---|---|\n|1|2|3|\n|1|\n")]
    [InlineData("漢字 and emoji 🚒 and \u0000 nothing")]
    [InlineData("")]
    [InlineData("- \n  - \n    - x")]
    [InlineData("***\n\n---\n\n&nbsp;")]
    public void Whatever_is_written_gives_a_document_in_every_format(string text)
    {
        Assert.NotEmpty(PostmortemText.Markdown(View(text)));
        Assert.NotEmpty(PostmortemText.Html(View(text)));
        using var document = PdfDocument.Open(PostmortemPdf.Of(View(text)));
        Assert.True(document.NumberOfPages > 0);
    }

    private static string Read(byte[] pdf)
    {
        var text = new StringBuilder();
        using var document = PdfDocument.Open(pdf);
        foreach (var page in document.GetPages())
        {
            foreach (var line in page.Letters.GroupBy(letter => Math.Round(letter.StartBaseLine.Y)))
                text.AppendJoin("", line.Select(letter => letter.Value)).AppendLine();
        }

        return text.ToString();
    }

    private static PostmortemView View(string summary)
    {
        var incident = new IncidentView(
            Guid.Parse("01990000-0000-7000-8000-000000000007"),
            5,
            7,
            "checkout",
            Severity.Sev2,
            IncidentStatus.Resolved,
            "Nobody can pay <b>",
            null,
            "ana",
            "ana",
            Noon,
            Noon,
            Noon.AddMinutes(1),
            Noon.AddMinutes(5),
            Noon.AddMinutes(9),
            "A bad release"
        );
        var taken = Line("ana took the incident.", Noon.AddMinutes(1));
        var item = new FollowUpView(
            Entry,
            1,
            "postmortem",
            incident.Id,
            "INC-7",
            ["checkout"],
            "Cache | prices",
            "bo",
            new DateOnly(2026, 12, 31),
            "ana",
            Now,
            null,
            null,
            null
        );
        var written = new WrittenSection(PostmortemSection.Summary, summary, 1, "ana", Now);
        return new PostmortemView(
            Entry,
            9,
            incident.Id,
            7,
            "checkout",
            Severity.Sev2,
            incident.Title,
            PostmortemState.Published,
            null,
            false,
            "ana",
            Now,
            ["ana"],
            [.. PostmortemSections.All.Select(one => Views.Of(one, one == PostmortemSection.Summary ? written : null))],
            [new PostmortemStep("published", "ana", Now, null)],
            Facts.Of(incident.Id, Told(), Measures.Of(Told()), [taken], Now),
            [item],
            [Line("Learnt later.", Noon.AddMinutes(2))]
        );
    }

    private static IReadOnlyList<IncidentTimestamp> Told() =>
        [
            .. Enum.GetValues<IncidentMoment>()
                .Select(moment => new IncidentTimestamp(
                    moment,
                    moment switch
                    {
                        IncidentMoment.ImpactStarted => new MomentTold(Noon, Noon, "ana", false, null),
                        IncidentMoment.Acknowledged => new MomentTold(Noon.AddMinutes(1), Noon, "ana", false, null),
                        IncidentMoment.Resolved => new MomentTold(Noon.AddMinutes(9), Noon, "ana", false, null),
                        _ => null,
                    },
                    []
                )),
        ];

    private static TimelineEntry Line(string text, DateTimeOffset at) =>
        new(Entry, at, at, "incidents", "note-added", ["checkout"], null, null, "ana", null, text);
}
