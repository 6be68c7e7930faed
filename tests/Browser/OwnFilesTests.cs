using System.Net;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Browser;

/// <summary>Scripts and styles are brought once for each build of the console, and what a page needs is asked for once.</summary>
public sealed class OwnFilesTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_was_seen_asks_for_no_file_again()
    {
        var page = await SignedIn("/");
        await page.GotoAsync("/");
        var files = await page.EvaluateAsync<int[]>(
            "() => performance.getEntriesByType('resource').filter(one => one.name.includes('/files/')).map(one => one.transferSize)"
        );
        Assert.True(files.Length > 5, $"The page has {files.Length} files.");
        Assert.All(files, size => Assert.Equal(0, size));
    }

    [Fact]
    public async Task A_page_of_an_older_console_gets_the_files_of_this_one()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Stage.Web) };
        using var answer = await http.GetAsync("/files/older/js/live.js", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("older", answer.RequestMessage!.RequestUri!.ToString(), StringComparison.Ordinal);
        using var unknown = await http.GetAsync("/files/older/js/no-such.js", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_a_timeline_is_drawn_from_is_asked_for_once()
    {
        var incident = await Stage.Declare("Asked for once", Severity.Sev3);
        var page = await SignedIn("/");
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/columns", StringComparison.Ordinal))
                asked.Add(request.Url);
        };
        await page.GotoAsync($"/incidents/INC-{incident.Number}/timeline");
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('timeline-ready').length > 0");
        Assert.Single(asked);
    }
}
