using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What PagerDuty answers to an event, and so we do.</summary>
/// <param name="Status">A word.</param>
/// <param name="Message">A sentence.</param>
/// <param name="DedupKey">What the event is known by.</param>
/// <param name="Errors">What is wrong with it.</param>
public sealed record PagerDutyAnswer(
    string Status,
    string Message,
    [property: JsonPropertyName("dedup_key"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        string? DedupKey = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors = null
);

/// <summary>
/// PagerDuty's Events v2 and change events under their own paths, with their own answers: a sender changes the host and the key.
/// The key in the body says who sends.
/// </summary>
public static class PagerDutyEndpoint
{
    private const string Source = "pagerduty";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v2/enqueue", Enqueue)
            .AllowAnonymous()
            .WithTags("Alerts")
            .WithSummary(
                "PagerDuty's Events v2: trigger, acknowledge, resolve; the routing key is a key of an integration"
            )
            .Produces<PagerDutyAnswer>(StatusCodes.Status202Accepted);
        app.MapPost("/v2/change/enqueue", Change)
            .AllowAnonymous()
            .WithTags("Alerts")
            .WithSummary("PagerDuty's change events: entries on the timeline of their service")
            .Produces<PagerDutyAnswer>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Enqueue(
        HttpContext http,
        Allowance allowance,
        IncomingAlerts alerts,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var body = await Body(http.Request, stop);
        var now = clock.GetUtcNow();
        var (sender, refused) = await Sender(http, body, allowance, store, now, stop);
        if (refused is not null)
            return refused;
        var (read, errors) = PagerDuty.Read(body!.RootElement);
        if (read is null)
            return Invalid(errors);
        var by = new Actor($"integration:{sender}");
        var key = read.DedupKey ?? Guid.CreateVersion7(now).ToString("N");
        if (read.DedupKey is null)
            read = read with
            {
                Labels = new SortedDictionary<string, string>(read.Labels.ToDictionary()) { ["dedup_key"] = key },
            };
        var (last, turn) = await AlertTurnsSchema.Last(store, sender!, key, stop);
        var signal = AlertTurns.Decide(read, sender!, key, last, turn, now);
        if (signal is not null && !await alerts.Take(by, [signal], stop))
            return Busy(http);

        if (read.Action == PagerDutyAction.Acknowledge && last is { IsFiring: true })
            await streams.Decide<Alert>(
                last.Id,
                ExpectedVersion.Any,
                by,
                alert => AlertTurns.Acknowledge(alert, sender!, read.At ?? now, now),
                stop
            );
        return Answer(202, new PagerDutyAnswer("success", "Event processed", key));
    }

    private static async Task<IResult> Change(
        HttpContext http,
        Allowance allowance,
        EvidenceWorker evidence,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var body = await Body(http.Request, stop);
        var now = clock.GetUtcNow();
        var (sender, refused) = await Sender(http, body, allowance, store, now, stop);
        if (refused is not null)
            return refused;
        var (read, errors) = PagerDuty.ReadChange(body!.RootElement);
        if (read is null)
            return Invalid(errors);
        await using var session = store.QuerySession();
        var routes = await RoutesEndpoint.Routing(session, stop);
        var entry = new EntryRecorded(
            Source,
            "change",
            read.At ?? now,
            [routes.Of(sender!, read.Labels).Service],
            null,
            null,
            sender!,
            null,
            Texts.Cut(string.Join(" – ", read.Links.Prepend(read.Summary)), Texts.LongestText),
            read.Labels
        );
        // With a moment of its own, the same body again is the same change.
        var id = read.At is null
            ? Guid.CreateVersion7(now)
            : StableId.From("change", sender!, Hash(body.RootElement.GetRawText()));
        if (await evidence.Record(new Actor($"integration:{sender}"), [(id, entry)], stop) is null)
            return Busy(http);
        return Answer(202, new PagerDutyAnswer("success", "Change event processed"));
    }

    // Under whose name is sent, or why it is not taken.
    private static async Task<(string? Sender, IResult? Refused)> Sender(
        HttpContext http,
        JsonDocument? body,
        Allowance allowance,
        IDocumentStore store,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (body is null)
            return (null, Invalid(["The body is no JSON"]));
        var (key, problem) = PagerDuty.Key(body.RootElement);
        if (problem is not null)
            return (null, Invalid([problem]));
        if (await LiveKeysSchema.Find(store, key, IntegrationKind.Pagerduty, now, stop) is not { } live)
            return (null, Invalid(["'routing_key' is not known, or was revoked"]));
        if (allowance.Take(live.Id) is not { } wait)
            return (live.Integration, null);
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return (
            null,
            Answer(
                429,
                new PagerDutyAnswer(
                    "throttle exceeded",
                    $"Each key of an integration may send {Allowance.PerMinute} events a minute, and '{live.Integration}' has sent more with this one. Send it again later."
                )
            )
        );
    }

    private static async Task<JsonDocument?> Body(HttpRequest request, CancellationToken stop)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: stop);
            if (Texts.CanRead(body.RootElement))
                return body;
            body.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Answer(503, new PagerDutyAnswer("overloaded", "Too many events wait to be stored. Send it again."));
    }

    private static IResult Invalid(IReadOnlyList<string> errors) =>
        Answer(400, new PagerDutyAnswer("invalid event", "Event object is invalid", Errors: errors));

    private static IResult Answer(int status, PagerDutyAnswer answer) => TypedResults.Json(answer, statusCode: status);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
