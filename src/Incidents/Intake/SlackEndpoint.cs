using System.Text;
using System.Text.Json.Serialization;
using Marten;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What Slack shows.</summary>
/// <param name="ResponseType">Whether the channel sees it, or only who typed the command.</param>
/// <param name="Text">The text.</param>
public sealed record SlackAnswer(
    [property: JsonPropertyName("response_type")] string ResponseType,
    [property: JsonPropertyName("text")] string Text
);

/// <summary>Slack's slash command, signed by Slack. Answered within the request.</summary>
public static class SlackEndpoint
{
    private const int MostListed = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/intake/{integration}/slack", Handle)
            // Slack has no token of ours: the signature of the body takes its place.
            .AllowAnonymous()
            .WithTags("Incidents")
            .WithSummary("Slack's slash command: declare, list, note; the body must be signed")
            .Produces<SlackAnswer>();

    private static async Task<IResult> Handle(
        string integration,
        HttpRequest request,
        SeenOnce seen,
        Streams streams,
        VaultSchema vault,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, stop);
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var now = clock.GetUtcNow();
        var box = await vault.Box(stop);
        await using var session = store.QuerySession();
        var keys = await session
            .Query<LiveKey>()
            .Where(key => key.Integration == integration && key.Kind == IntegrationKind.Slack)
            .ToListAsync(stop);
        var signature = request.Headers["X-Slack-Signature"].ToString();
        var timestamp = request.Headers["X-Slack-Request-Timestamp"].ToString();
        var signing = keys.FirstOrDefault(key =>
            Slack.IsSigned([key.SigningSecret(box)], timestamp, signature, body.Span, now)
        );
        if (signing is null)
        {
            const string unsigned =
                "X-Slack-Signature is not the signature of this body, or is older than five minutes. Give the integration the app's signing secret.";
            return Answers.Problem(401, "signature-invalid", unsigned);
        }

        if (!seen.Add(signature))
            return Answers.Problem(401, "signature-replayed", "This request came before. Type the command again.");
        await LiveKeysSchema.Used(store, signing, now, stop);
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
        var by = new Actor(Slack.Actor(form));
        var id = StableId.From("slack", integration, signature);
        var sight = await Sight.Of(new Viewer(by.Name, IsAdmin: false), session, database, clock, stop);
        var answer = Slack.Read(Slack.Field(form, "text")) switch
        {
            SlackCommand.Declare declare => await Declare(id, declare.Wish, by, streams, session, database, now, stop),
            SlackCommand.Note note => await Note(id, note, by, streams, vault, sight, session, now, stop),
            SlackCommand.List => await List(sight, session, stop),
            SlackCommand.Help help => Only(help.Text),
            _ => Only(Slack.Usage),
        };
        return TypedResults.Ok(answer);
    }

    private static async Task<SlackAnswer> Declare(
        Guid id,
        DeclareIncident wish,
        Actor by,
        Streams streams,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var number = await IncidentNumbersSchema.Next(database, stop);
        var promises = await SeveritiesEndpoint.Promises(session, stop);
        var decision = Declaring.Decide(wish, number, by, now, promises);
        return await streams.Start<Incident>(NewStream.Of(id), by, decision, stop) switch
        {
            Outcome.Done => new SlackAnswer(
                "in_channel",
                $"*INC-{number}* declared on {Slack.Plain(wish.Service)}, {wish.Severity.ToString().ToUpperInvariant()}: {Slack.Plain(wish.Title)}"
            ),
            Outcome.Refused refused => Only(refused.Reason.Detail),
            _ => Only("This was declared before."),
        };
    }

    private static async Task<SlackAnswer> Note(
        Guid id,
        SlackCommand.Note note,
        Actor by,
        Streams streams,
        VaultSchema vault,
        Sight sight,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (
            await IncidentBoardEndpoint.Find(session, note.Incident, stop) is not { } incident
            || !sight.Sees(incident.Id)
        )
            return Only(
                $"There is no incident '{Slack.Plain(note.Incident)}'. `/steady list` shows those that are not over."
            );
        var seal = await vault.NewSeal(by, stop);
        var outcome = await streams.Decide<Incident>(
            incident.Id,
            ExpectedVersion.Any,
            by,
            one => Noting.Decide(one, new AddNote(note.Text), by, now).With(seal),
            stop,
            new Receipt($"slack:{id}", now)
        );
        return outcome is Outcome.Refused refused
            ? Only(refused.Reason.Detail)
            : Only($"Noted on *INC-{incident.Number}*, {Slack.Plain(incident.Title)}.");
    }

    private static async Task<SlackAnswer> List(Sight sight, IQuerySession session, CancellationToken stop)
    {
        var hidden = sight.Hidden;
        var open = await session
            .Query<IncidentView>()
            .Where(Standing.IsOpen)
            .Where(incident => !incident.Id.IsOneOf(hidden))
            .OrderByDescending(incident => incident.Number)
            .Take(MostListed)
            .ToListAsync(stop);
        await sight.Read(open.Select(one => one.Id), "Slack", stop);
        var lines = open.Select(one =>
            $"*INC-{one.Number}* {one.Severity.ToString().ToUpperInvariant()} {Slack.Plain(one.Service)}: {Slack.Plain(one.Title)} ({one.Status.ToString().ToLowerInvariant()}{(one.Lead is { } lead ? $", {Slack.Plain(lead)}" : "")})"
        );
        return Only(open.Count == 0 ? "Nothing is going on." : string.Join('\n', lines));
    }

    private static SlackAnswer Only(string text) => new("ephemeral", text);
}
