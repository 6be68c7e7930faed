using System.Security.Claims;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Intake;

/// <summary>Alertmanager's webhook. Answered when every alert of the message is stored, and not before.</summary>
public static class AlertmanagerEndpoint
{
    // Ten thousand alerts of one group in one message.
    private const int MostBytes = 16 * 1024 * 1024;
    private const int LongestIntegration = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/intake/{integration}/alertmanager", Handle)
            .RequireScope("ingest:alerts")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithTags("Alerts")
            .WithSummary("Takes Alertmanager's webhook; the integration's name is part of what makes an alert the same")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        string integration,
        AlertmanagerMessage message,
        HttpContext http,
        ClaimsPrincipal user,
        Actor by,
        Streams streams,
        IntakeLane lane,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (user.FindFirst("integration")?.Value is { } own && own != integration)
            return Answers.Problem(403, "integration-foreign", $"This token sends for the integration '{own}' only.");
        if (
            integration.Length > LongestIntegration
            || !integration.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        )
            return Wrong("integration", $"A name has letters, digits, - and _, at most {LongestIntegration} of them.");
        if (Alertmanager.Check(message) is var (field, problem))
            return Wrong(field, problem);

        // As exact as the store is, so that the list can be continued from any of them.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var heard = message
            .Alerts!.Select(alert => Alertmanager.Read(integration, alert!, now))
            .ToLookup(one => one.Key.Id);
        if (!await lane.Enter(stop))
        {
            http.Response.Headers.RetryAfter = "1";
            const string detail = "Too many alerts wait to be stored. Nothing of this message is; send it again.";
            return Answers.Problem(503, "overloaded", detail);
        }

        try
        {
            await streams.Together<string>(by, session => Hear(session, heard, now, stop), stop);
            return TypedResults.NoContent();
        }
        finally
        {
            lane.Leave();
        }
    }

    private static async Task<IReadOnlyList<string>> Hear(
        IDocumentSession session,
        ILookup<Guid, Signal> heard,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var current = await RoutesEndpoint.Current(session, stop);
        var routes = Routes.Of(current.Routes, current.ServiceLabels);
        var known = (await session.LoadManyAsync<Alert>(stop, heard.Select(one => one.Key))).ToDictionary(one =>
            one.Id
        );
        var happened = new List<(Guid Id, long Version, IReadOnlyList<object> Events)>();
        foreach (var signals in heard)
        {
            var alert = known.GetValueOrDefault(signals.Key);
            var events = Hearing.All(alert, signals, routes, now);
            if (events.Count > 0)
                happened.Add((signals.Key, alert?.Version ?? 0, events));
        }

        var fired = happened.Select(one => one.Events[0]).OfType<AlertFired>().ToList();
        var told = new Queue<AlertFired>(Hearing.Told(fired, await ToldGroups.Of(session, fired, stop)));
        foreach (var (id, version, events) in happened)
        {
            if (version == 0)
                session.Events.StartStream<Alert>(id, [told.Dequeue(), .. events.Skip(1)]);
            else
                session.Events.Append(id, version + events.Count, events);
        }

        return [];
    }

    private static IResult Wrong(string field, string problem) =>
        Answers.Problem(
            400,
            "malformed",
            $"The message cannot be read: {problem} Nothing was stored.",
            new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [problem] } }
        );
}
