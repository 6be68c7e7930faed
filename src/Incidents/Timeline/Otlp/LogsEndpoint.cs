using System.Globalization;
using System.IO.Compression;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>
/// Takes OTLP log records over HTTP, protobuf or JSON. What is evidence becomes entries; this is no store for logs, and the rest is not kept.
/// </summary>
public static class LogsEndpoint
{
    public const string Path = "/v1/logs";

    private const string Protobuf = "application/x-protobuf";
    private const string FloorSetting = "Steady:Incidents:Evidence:LogSeverity";
    private const int MostSent = 4 * 1024 * 1024;
    private const int MostOpened = 8 * 1024 * 1024;
    private const int MostRecords = 10_000;

    public static void Open(IEndpointRouteBuilder app) =>
        app.MapPost(Path, Handle)
            .RequireScope("ingest:alerts", "incidents:write")
            .RequireRateLimiting(EvidenceLaneEndpoint.Name)
            .WithMetadata(new RequestSizeLimitAttribute(MostSent))
            .Accepts<JsonObject>(MediaTypeNames.Application.Json, Protobuf)
            .WithTags("Timeline")
            .WithSummary(
                "Takes OTLP log records, protobuf or JSON: those that are evidence become entries of a timeline"
            )
            .Produces<JsonObject>();

    /// <summary>An error as OTLP tells it: <c>google.rpc.Status</c> in the form in which was asked.</summary>
    public static IResult Status(HttpContext http, int status, string message)
    {
        var code = status switch
        {
            StatusCodes.Status503ServiceUnavailable => 14,
            StatusCodes.Status413PayloadTooLarge => 8,
            _ => 3,
        };
        http.Response.StatusCode = status;
        return IsJson(http.Request)
            ? TypedResults.Text(
                new JsonObject { ["code"] = code, ["message"] = message }.ToJsonString(),
                MediaTypeNames.Application.Json,
                Encoding.UTF8,
                status
            )
            : TypedResults.Bytes(LogsProtobuf.Status(code, message), Protobuf);
    }

    private static async Task<IResult> Handle(
        Sight sight,
        IConfiguration configuration,
        [AsParameters] EvidenceEdges edges
    )
    {
        var http = edges.Http;
        if (http.Request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
            return Status(http, 415, "Send the body as it is, or as gzip.");
        List<LogRecord> records;
        try
        {
            var body = await Body(http.Request, edges.Stop);
            records = IsJson(http.Request) ? LogsJson.Read(body) : LogsProtobuf.Read(body.Span);
        }
        catch (Exception e) when (e is UnreadableLogsException or InvalidDataException)
        {
            return Status(http, 400, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            return Status(http, e.StatusCode, $"Send at most {MostSent} bytes, and {MostOpened} when they are opened.");
        }

        if (records.Count > MostRecords)
            return Status(http, 413, $"Send at most {MostRecords} records at once; these are {records.Count}.");
        var floor = configuration.GetValue(FloorSetting, LogEvidence.Fatal);
        var kept = records.Where(record => LogEvidence.Is(record, floor is 0 ? int.MaxValue : floor)).ToList();
        return await Keep(kept, sight, edges);
    }

    private static async Task<IResult> Keep(IReadOnlyList<LogRecord> kept, Sight sight, EvidenceEdges edges)
    {
        var (entries, wrong, now) = (new List<(Guid, EntryRecorded)>(), new List<string>(), edges.Clock.GetUtcNow());
        var incidents = new Dictionary<string, IncidentView?>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in kept)
        {
            var name = LogEvidence.IncidentOf(record);
            if (name is not null && !incidents.ContainsKey(name))
                incidents[name] = await Find(name, sight, edges);
            var incident = name is null ? null : incidents[name];
            var entry = LogEvidence.Read(record, incident?.Id, incident?.Service, edges.By.Name, now);
            if (name is not null && incident is null)
                wrong.Add(
                    $"{LogEvidence.Mark}: There is no incident '{name}'. Give its number, such as INC-7, or its id."
                );
            else if (Evidence.Wrong(entry, now).FirstOrDefault() is { Message: { } message, Field: var field })
                wrong.Add($"{(field == "services" ? LogEvidence.ServiceName : field)}: {message}");
            else
                entries.Add((StableId.From("otlp-log", $"{incident?.Id}", entry.SourceId!), entry));
        }

        return await edges.Evidence.Record(edges.By, entries, edges.Stop) is null
            ? EvidenceLaneEndpoint.Full(edges.Http)
            : Success(edges.Http, wrong);
    }

    private static async Task<IncidentView?> Find(string name, Sight sight, EvidenceEdges edges) =>
        await IncidentBoardEndpoint.Find(edges.Session, name, edges.Stop) is { } found && sight.Sees(found.Id)
            ? found
            : null;

    private static IResult Success(HttpContext http, IReadOnlyList<string> wrong)
    {
        var message = string.Join(' ', wrong.Distinct().Take(5));
        if (!IsJson(http.Request))
            return TypedResults.Bytes(LogsProtobuf.Partial(wrong.Count, message), Protobuf);
        var answer = new JsonObject();
        if (wrong.Count > 0)
            answer["partialSuccess"] = new JsonObject
            {
                ["rejectedLogRecords"] = wrong.Count.ToString(CultureInfo.InvariantCulture),
                ["errorMessage"] = message,
            };
        return TypedResults.Text(answer.ToJsonString(), MediaTypeNames.Application.Json, Encoding.UTF8);
    }

    private static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken stop)
    {
        using var opened = new MemoryStream();
        await using var body =
            request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(request.Body, CompressionMode.Decompress)
                : request.Body;
        var part = new byte[64 * 1024];
        while (await body.ReadAsync(part, stop) is > 0 and var count)
        {
            if (opened.Length + count > MostOpened)
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
            await opened.WriteAsync(part.AsMemory(0, count), stop);
        }

        return opened.GetBuffer().AsMemory(0, (int)opened.Length);
    }

    private static bool IsJson(HttpRequest request) => MediaType(request) == MediaTypeNames.Application.Json;

    private static string MediaType(HttpRequest request) =>
        (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
