using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

/// <summary>The story of an incident: which entries of its timeline matter, and what people say of them.</summary>
public static class StoryEndpoint
{
    private const string At = "/incidents/{id}/story";

    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet(At, Show)
            .WithTags("Postmortems")
            .WithSummary("The key moments of an incident, each with what people say of it")
            .Produces<IncidentStory>();

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPut($"{At}/{{entry:guid}}", Tell)
            .WithTags("Postmortems")
            .WithSummary("Takes an entry of the timeline into the story, or writes the words that stand with it")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapDelete($"{At}/{{entry:guid}}", LeaveOut)
            .WithTags("Postmortems")
            .WithSummary("Takes an entry out of the story; on the timeline it stays")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Show(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var told = await session.LoadAsync<ToldStory>(ToldStory.IdOf(incident.Id), stop);
        var moments = told is { Told.Count: > 0 }
            ? Telling.Moments(told, await Known(incident, sight, session, database, clock, stop))
            : [];
        return new IncidentStory(incident.Id, incident.Number, told?.Version ?? 0, moments).ToView(one => one.Version);
    }

    private static async Task<IResult> Tell(
        string id,
        Guid entry,
        TellMoment command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        if ((await Known(incident, sight, session, database, clock, stop)).All(one => one.Id != entry))
            return Missing(incident, entry);
        var (stream, now) = (ToldStory.IdOf(incident.Id), clock.GetUtcNow());
        var outcome = await streams.Decide<ToldStory>(stream, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<ToldStory>(NewStream.Of(stream), by, Decide(null), stop)
                : new Outcome.Stale(0);
        // Somebody was the first at the same moment: theirs stands, and this one follows it.
        if (outcome is Outcome.Taken)
            outcome = await streams.Decide<ToldStory>(stream, version, by, Decide, stop);
        return outcome.ToResult();

        Decision Decide(ToldStory? before) => Telling.Tell(before, incident, entry, command, by, now);
    }

    private static async Task<IResult> LeaveOut(
        string id,
        Guid entry,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<ToldStory>(
            ToldStory.IdOf(incident.Id),
            version,
            by,
            before => Telling.LeaveOut(before, incident, entry, by, now),
            stop
        );
        // Nobody has told anything: it is out already.
        return outcome is Outcome.Missing ? TypedResults.NoContent() : outcome.ToResult();
    }

    private static async Task<IReadOnlyList<TimelineEntry>> Known(
        IncidentView incident,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var scope = Scope.Of(incident, clock.GetUtcNow()) with { Hidden = await sight.Subjects(session, stop) };
        return await EntriesReaderSchema.OfIncident(database, scope, null, stop);
    }

    private static IResult Missing(IncidentView incident, Guid entry) =>
        Answers.Problem(
            404,
            "not-found",
            $"There is no entry '{entry}' on the timeline of INC-{incident.Number}. GET /v1/incidents/INC-{incident.Number}/timeline lists them."
        );
}
