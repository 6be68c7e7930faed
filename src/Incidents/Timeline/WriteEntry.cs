using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Takes evidence, one entry or many. All of it is stored, or nothing.</summary>
public static class WriteEntryEndpoint
{
    private const int Most = 10_000;
    private const int MostBytes = 16 * 1024 * 1024;
    private const int MostWrong = 100;
    private const string Lines = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder all)
    {
        var write = all.MapGroup("").RequireRateLimiting(EvidenceLaneEndpoint.Name);
        write
            .MapPost("/entries", One)
            .WithTags("Timeline")
            .WithSummary("Write evidence into the timeline of an incident or of services")
            .Produces<RecordedEntries>(StatusCodes.Status201Created);
        write
            .MapPost("/incidents/{id}/entries", OneOf)
            .WithTags("Timeline")
            .WithSummary("Write evidence into the timeline of an incident")
            .Produces<RecordedEntries>(StatusCodes.Status201Created);
        Batch(write.MapPost("/entries:batch", Many), "Import evidence, as a JSON array or as lines of JSON");
        Batch(
            write.MapPost("/incidents/{id}/entries:batch", ManyOf),
            "Import evidence of an incident, as a JSON array or as lines of JSON"
        );
    }

    private static void Batch(RouteHandlerBuilder route, string summary) =>
        route
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<RecordEntry[]>(MediaTypeNames.Application.Json, Lines)
            .WithTags("Timeline")
            .WithSummary(summary)
            .Produces<RecordedEntries>(StatusCodes.Status201Created);

    private static Task<IResult> One(
        RecordEntry command,
        NewStream stream,
        Sight sight,
        [AsParameters] EvidenceEdges edges
    ) => Record([command], "", stream, sight, edges);

    private static Task<IResult> OneOf(
        string id,
        RecordEntry command,
        NewStream stream,
        Sight sight,
        [AsParameters] EvidenceEdges edges
    ) => Record([command with { Incident = id }], "", stream, sight, edges);

    private static Task<IResult> Many(
        HttpRequest request,
        NewStream stream,
        Sight sight,
        [AsParameters] EvidenceEdges edges
    ) => Import(null, request, stream, sight, edges);

    private static Task<IResult> ManyOf(
        string id,
        HttpRequest request,
        NewStream stream,
        Sight sight,
        [AsParameters] EvidenceEdges edges
    ) => Import(id, request, stream, sight, edges);

    private static async Task<IResult> Import(
        string? incident,
        HttpRequest request,
        NewStream stream,
        Sight sight,
        EvidenceEdges edges
    )
    {
        var (sent, wrong) = await Read(request, edges.Stop);
        if (wrong.Count > 0)
            return Malformed(wrong);
        if (sent.Count == 0)
            return Malformed([("", "Send at least one entry.")]);
        if (incident is not null)
            sent = [.. sent.Select(one => one with { Incident = incident })];
        return await Record(sent, "[{0}].", stream, sight, edges);
    }

    private static async Task<IResult> Record(
        IReadOnlyList<RecordEntry> sent,
        string prefix,
        NewStream stream,
        Sight sight,
        EvidenceEdges edges
    )
    {
        var incidents = new Dictionary<string, IncidentView>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in sent.Select(one => one.Incident).OfType<string>().Distinct())
        {
            if (
                await IncidentBoardEndpoint.Find(edges.Session, name, edges.Stop) is not { } found
                || !sight.Sees(found.Id)
            )
                return IncidentBoardEndpoint.Unknown(name);
            incidents[name] = found;
        }

        var (wrong, now) = (new List<(string Field, string Message)>(), edges.Clock.GetUtcNow());
        var entries = new List<(Guid Id, EntryRecorded Entry)>();
        foreach (var (i, one) in sent.Index())
        {
            var incident = one.Incident is null ? null : incidents[one.Incident];
            var (entry, problems) = Evidence.Read(one, incident?.Id, incident?.Service, edges.By, now);
            wrong.AddRange(
                problems.Select(problem => ($"{string.Format(null, prefix, i)}{problem.Field}", problem.Message))
            );
            entries.Add((IdOf(one, incident, stream, i), entry));
        }

        if (wrong.Count > 0)
            return Malformed(wrong);
        return await edges.Evidence.Record(edges.By, entries, edges.Stop) is { } added
            ? TypedResults.Created((string?)null, new RecordedEntries([.. entries.Select(one => one.Id)], added))
            : EvidenceLaneEndpoint.Full(edges.Http);
    }

    // What the source itself names is the same entry whenever it is sent; else the request's key tells.
    private static Guid IdOf(RecordEntry sent, IncidentView? incident, NewStream stream, int i) =>
        sent.SourceId is { } id ? StableId.From("entry", $"{incident?.Id}", sent.Source ?? "api", id)
        : i == 0 ? stream.Id
        : StableId.From("entry", $"{stream.Id}", $"{i}");

    private static async Task<(IReadOnlyList<RecordEntry> Sent, IReadOnlyList<(string, string)> Wrong)> Read(
        HttpRequest request,
        CancellationToken stop
    )
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(stop);
        var byLine = request.ContentType?.StartsWith(Lines, StringComparison.OrdinalIgnoreCase) is true;
        var sent = new List<RecordEntry>();
        var wrong = new List<(string, string)>();
        try
        {
            if (!byLine)
                sent = JsonSerializer.Deserialize<List<RecordEntry>>(body, Json.Options) ?? [];
        }
        catch (JsonException e)
        {
            return ([], [(e.Path ?? "", e.Message)]);
        }

        var lines = byLine ? body.Split('\n', StringSplitOptions.TrimEntries) : [];
        foreach (var (i, line) in lines.Index().Where(one => one.Item.Length > 0))
        {
            try
            {
                sent.Add(JsonSerializer.Deserialize<RecordEntry>(line, Json.Options)!);
            }
            catch (JsonException e)
            {
                wrong.Add(($"line {i + 1}", e.Message));
            }
        }

        if (sent.Count > Most)
            return ([], [("", $"Send at most {Most} entries at once; these are {sent.Count}.")]);
        return (sent, [.. wrong, .. sent.SelectMany(Annotated)]);
    }

    private static IEnumerable<(string, string)> Annotated(RecordEntry? entry, int i)
    {
        if (entry is null)
            return [($"[{i}]", "Give an entry, not null.")];
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(entry, new ValidationContext(entry), found, validateAllProperties: true);
        return found.Select(one =>
            (
                $"[{i}].{JsonNamingPolicy.CamelCase.ConvertName(one.MemberNames.FirstOrDefault() ?? "")}",
                one.ErrorMessage ?? ""
            )
        );
    }

    private static IResult Malformed(IReadOnlyList<(string, string)> wrong) =>
        Refusals.Malformed(
            $"The entries cannot be kept: {wrong.Count} {(wrong.Count == 1 ? "thing is" : "things are")} wrong. Nothing was stored.",
            wrong.Take(MostWrong)
        );
}

/// <summary>What each of these doors needs.</summary>
public sealed record EvidenceEdges(
    HttpContext Http,
    Actor By,
    IQuerySession Session,
    EvidenceWorker Evidence,
    TimeProvider Clock,
    CancellationToken Stop
);
