using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Alertmanager's event recorder. Answered when all of a delivery is stored.</summary>
public static class RecorderEndpoint
{
    // It sends up to a mebibyte, give or take an event.
    private const int MostBytes = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/intake/{integration}/alertmanager-events", Handle)
            .RequireSender()
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithTags("Alerts")
            .WithSummary(
                "Takes Alertmanager's event recorder: silences, inhibitions and notifications, for the timeline"
            )
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        string integration,
        HttpContext http,
        JsonElement body,
        EvidenceWorker evidence,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var (by, foreign) = SenderEndpoint.Of(http, integration);
        if (foreign is not null)
            return foreign;
        if (Keys.NameProblem(integration) is { } name)
            return Wrong("integration", name);
        if (!Texts.CanRead(body))
            return Wrong("", "A text has half a character.");
        var (entries, problem) = Recorder.Read(integration, body, await RoutesEndpoint.Routing(session, stop));
        if (problem is not null)
            return Wrong("", problem);
        if (await evidence.Record(by, entries, stop) is null)
            return SenderEndpoint.Overloaded(http);
        return TypedResults.NoContent();
    }

    private static IResult Wrong(string field, string problem) =>
        Refusals.Malformed($"The events cannot be read: {problem} Nothing was stored.", [(field, problem)]);
}
