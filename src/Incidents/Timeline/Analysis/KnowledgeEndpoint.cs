using Marten;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What was true, what was known, and who knew.</summary>
public static class KnowledgeEndpoint
{
    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/incidents/{id}/knowledge-gap", Gap)
            .WithTags("Timeline")
            .WithSummary("Per fact: since when it was true, was known, and was told to colleagues and to customers")
            .Produces<KnowledgeGap>();
        read.MapGet("/incidents/{id}/seen", ShowSeen)
            .WithTags("Timeline")
            .WithSummary("What somebody had seen of an incident by a moment: a person, role/commander or public")
            .Produces<Page<SeenEntry>>();
    }

    private static async Task<IResult> Gap(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    ) =>
        await AnalysisEndpoint.Load(id, knownAt, sight, session, database, clock.GetUtcNow(), stop) is { } story
            ? TypedResults.Ok(
                KnowledgeGaps.Of(story.Incident.Id, story.Entries, knownAt?.ToUniversalTime(), story.Whole)
            )
            : IncidentBoardEndpoint.Unknown(id);

    private static async Task<IResult> ShowSeen(
        string id,
        string by,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        if (!Seen.IsUnderstood(by))
            return AnalysisEndpoint.Malformed("by", $"'{by}' is nobody. {Seen.Accepted}");
        var now = clock.GetUtcNow();
        if (await AnalysisEndpoint.Load(id, at, sight, session, database, now, stop) is not { } story)
            return IncidentBoardEndpoint.Unknown(id);
        var until = at ?? now;
        return TypedResults.Ok(
            new Page<SeenEntry>([.. Seen.From(story.Entries, by, until).Where(one => one.SeenFrom <= until)], null)
        );
    }
}

public static class StateEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/state", Show)
            .WithTags("Timeline")
            .WithSummary(
                "How an incident stood at a moment, as far as was known at another: status, severity, roles, tasks"
            )
            .Produces<IncidentState>();

    private static async Task<IResult> Show(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        StoriesSchema stories,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        DateTimeOffset? knownAt = null
    )
    {
        var now = clock.GetUtcNow();
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident || !sight.Sees(incident.Id))
            return IncidentBoardEndpoint.Unknown(id);
        var scope = await KnownIncidentSchema.ScopeOf(incident, session, database, knownAt, now, stop);
        scope = scope with { Hidden = await sight.Subjects(session, stop) };
        var (told, revision) = await stories.OfIncident(scope, knownAt, stop);
        var story = await KnownIncidentSchema.Story(incident.Id, session, database, knownAt, stop);
        var past = told.Until(at ?? now, scope.To);
        return TypedResults.Ok(StateAt.Of(story, past, at ?? now, knownAt ?? now) with { Revision = revision });
    }
}
