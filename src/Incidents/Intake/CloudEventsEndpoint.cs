using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>CloudEvents 1.0 over HTTP, one in headers, one as JSON, or several. Answered when all of them are stored.</summary>
public static class CloudEventsEndpoint
{
    private const string Prefix = "ce-";
    private const string Structured = "application/cloudevents";
    private const string Batch = "application/cloudevents-batch";
    private const int Most = 500;
    private const int MostBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/intake/{integration}/cloudevents", Handle)
            .RequireSender()
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithTags("Alerts")
            .WithSummary("Takes CloudEvents, binary, structured or in a batch: alerts, or entries of the timeline")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        string integration,
        HttpContext http,
        IncomingAlerts alerts,
        EvidenceWorker evidence,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (by, foreign) = SenderEndpoint.Of(http, integration);
        if (foreign is not null)
            return foreign;
        if (Keys.NameProblem(integration) is { } name)
            return Wrong("integration", name);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, stop);
        var (heard, problem) = Decode(http.Request, body.GetBuffer().AsMemory(0, (int)body.Length));
        if (problem is not null)
            return Wrong("", problem);
        var (routes, now) = (await RoutesEndpoint.Routing(session, stop), clock.GetUtcNow());
        var read = new List<ForeignEvent>();
        for (var i = 0; i < heard.Count; i++)
        {
            var (one, wrong) = ForeignEvents.Read(integration, heard[i], routes, now);
            if (wrong is not null)
                return Wrong(heard.Count > 1 ? $"[{i}]" : "data", wrong);
            read.Add(one!);
        }

        var signals = await Signals(read, session, stop);
        if (signals.Count > 0 && !await alerts.Take(by, signals, stop))
            return SenderEndpoint.Overloaded(http);
        var entries = read.Where(one => one.Entry is not null).Select(one => (one.Id, one.Entry!)).ToList();
        if (await evidence.Record(by, entries, stop) is null)
            return SenderEndpoint.Overloaded(http);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<Signal>> Signals(
        IReadOnlyList<ForeignEvent> read,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var (signals, firing) = (new List<Signal>(), new Dictionary<string, Guid?>());
        foreach (var one in read.Where(one => one.Signal is not null))
        {
            if (!one.IsUndated)
            {
                signals.Add(one.Signal!);
                continue;
            }

            var (integration, fingerprint) = (one.Signal!.Key.Integration, one.Signal.Key.Fingerprint);
            if (!firing.TryGetValue(fingerprint, out var known))
                known = (
                    await session
                        .Query<Alert>()
                        .Where(alert => alert.IsFiring && alert.Fingerprint == fingerprint)
                        .Where(alert => alert.Fired.Integration == integration)
                        .OrderByDescending(alert => alert.ReceivedAt)
                        .FirstOrDefaultAsync(stop)
                )?.Id;
            var signal = ForeignEvents.Dated(one, known);
            // What comes behind it in the same message means the same, until it is over.
            firing[fingerprint] = signal.EndsAt is null ? signal.Key.Id : null;
            signals.Add(signal);
        }

        return signals;
    }

    private static (IReadOnlyList<CloudEvent> Events, string? Problem) Decode(
        HttpRequest request,
        ReadOnlyMemory<byte> body
    )
    {
        var reader = new JsonEventFormatter();
        try
        {
            var type = request.ContentType is { Length: > 0 } given ? new ContentType(given) : null;
            var media = type?.MediaType ?? "";
            if (!media.StartsWith(Structured, StringComparison.OrdinalIgnoreCase))
                return ([Binary(request, body, reader)], null);
            if (!media.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
                return ([], $"'{media}' is not read. Send JSON.");
            if (!media.StartsWith(Batch, StringComparison.OrdinalIgnoreCase))
                return ([reader.DecodeStructuredModeMessage(body, type, null)], null);
            var all = reader.DecodeBatchModeMessage(body, type, null);
            return all.Count > Most ? ([], $"A batch has at most {Most} events.") : (all, null);
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or JsonException
                        or FormatException
                        or InvalidOperationException
                        or UriFormatException
            )
        {
            return ([], $"This is no CloudEvent of version 1.0: {e.Message}");
        }
    }

    private static CloudEvent Binary(HttpRequest request, ReadOnlyMemory<byte> body, JsonEventFormatter reader)
    {
        if (request.Headers["ce-specversion"].ToString() is not "1.0")
            throw new FormatException("'ce-specversion' is not 1.0.");
        var heard = new CloudEvent(CloudEventsSpecVersion.V1_0);
        foreach (var (name, value) in request.Headers)
        {
            if (
                name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !name.Equals("ce-specversion", StringComparison.OrdinalIgnoreCase)
            )
                heard.SetAttributeFromString(
                    name[Prefix.Length..].ToLowerInvariant(),
                    Uri.UnescapeDataString(value.ToString().Trim('"'))
                );
        }

        heard.DataContentType = request.ContentType;
        if (body.Length > 0)
            reader.DecodeBinaryModeEventData(body, heard);
        return heard.Validate();
    }

    private static IResult Wrong(string field, string problem) =>
        Refusals.Malformed($"The events cannot be read: {problem} Nothing was stored.", [(field, problem)]);
}
