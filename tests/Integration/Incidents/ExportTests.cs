using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What a query finds as a document, by its name or by what is accepted.</summary>
public sealed class ExportTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_is_answered_as_a_page_and_as_a_pdf()
    {
        var incident = await new TimelineStory(platform).Story("exported");
        var address = TimelineStory.Address($"incident:INC-{incident.Number}");
        using var page = await Ask($"{address}&format=html", null);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var text = await page.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Replication lag of 40 s", text, StringComparison.Ordinal);
        Assert.Contains($"INC-{incident.Number}: Nobody can use exported", text, StringComparison.Ordinal);
        using var same = await Ask(address, "text/html");
        Assert.Equal(page.Headers.ETag, same.Headers.ETag);

        using var pdf = await Ask($"{address}&format=pdf", null);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"INC-{incident.Number}-timeline.pdf", pdf.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("%PDF-1.4", await pdf.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var counts = await Ask($"{address}|+count+by+kind&format=html", "application/pdf");
        Assert.Contains("<td>note-added</td>", await counts.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        using var unknown = await Ask($"{address}&format=doc", null);
        await TimelineStory.Refused(unknown, HttpStatusCode.BadRequest, "filter-unknown");
    }

    private async Task<HttpResponseMessage> Ask(string address, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return await platform.Ana.SendAsync(request, Stop);
    }
}
