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
            "md" => Text("text/markdown"),
            "csv" => Text("text/csv"),
            "ndjson" => Text("application/x-ndjson"),
            _ => TypedResults.NotFound(),
        };

        // However long it is, it goes through as it comes.
        IResult Text(string type) =>
            TypedResults.Stream(
                async body =>
                {
                    await foreach (var text in apis.Incidents.AskText(query, type, at, incident: id, stop: stop))
                        await body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
                },
                $"{type}; charset=utf-8",
                $"{name}.{format}"
            );

        Task<byte[]> Document(string kind) =>
            apis.Incidents.AskDocument(query, kind, knownAt: at, incident: id, stop: stop);
    }
}
