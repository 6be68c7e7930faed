using System.Text;

namespace Steady.Web.Pages;

/// <summary>A timeline as a file to hand on: a document, a table, or a page that plays it.</summary>
public static class TimelineFileEndpoint
{
    private const int Speed = 60;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/timeline/file", File);
        pages.MapGet("/incidents/{id}/timeline/file", File);
    }

    // A file, never a page of the console: a replay brings a script of its own.
    private static async Task<IResult> File(
        Apis apis,
        string format,
        CancellationToken stop,
        string? id = null,
        string? q = null,
        DateTimeOffset? at = null
    )
    {
        var (query, name) = (q?.Trim() ?? "", id ?? "timeline");
        return format switch
        {
            "html" => TypedResults.File(await Document("html"), "text/html", $"{name}.html"),
            "pdf" => TypedResults.File(await Document("pdf"), "application/pdf", $"{name}.pdf"),
            "replay" => TypedResults.File(
                await apis.Incidents.ReplayPage(query.Length > 0 ? query : null, Speed, id, stop),
                "text/html",
                $"{name}-replay.html"
            ),
            "md" => await Text("text/markdown"),
            "csv" => await Text("text/csv"),
            "ndjson" => await Text("application/x-ndjson"),
            _ => TypedResults.NotFound(),
        };

        // However long it is, it goes through as it comes; what is wrong with the query is told before anything of it is sent.
        async Task<IResult> Text(string type)
        {
            var texts = apis.Incidents.AskText(query, type, at, incident: id, stop: stop).GetAsyncEnumerator(stop);
            await texts.MoveNextAsync();
            return TypedResults.Stream(Send, $"{type}; charset=utf-8", $"{name}.{format}");

            async Task Send(Stream body)
            {
                await using var all = texts;
                do await body.WriteAsync(Encoding.UTF8.GetBytes(texts.Current), stop);
                while (await texts.MoveNextAsync());
            }
        }

        Task<byte[]> Document(string kind) =>
            apis.Incidents.AskDocument(query, kind, knownAt: at, incident: id, stop: stop);
    }
}
