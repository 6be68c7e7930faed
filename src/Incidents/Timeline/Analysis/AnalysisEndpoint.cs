using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>An incident with its whole timeline as it is, or was, known.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Entries">Its own entries, and those of its service around it.</param>
/// <param name="Whole">False when there are more than are looked at.</param>
public sealed record Story(IncidentView Incident, IReadOnlyList<TimelineEntry> Entries, bool Whole);

/// <summary>The doors of what can be concluded from a timeline.</summary>
public static class AnalysisEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        OrderEndpoint.Map(read);
        ContradictionsEndpoint.Read(read);
        CausesEndpoint.Read(read);
        KnowledgeEndpoint.Map(read);
        StateEndpoint.Map(read);
        DiffEndpoint.Map(read);
        SimilarEndpoint.Map(read);
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        ContradictionsEndpoint.Write(write);
        CausesEndpoint.Write(write);
    }

    /// <summary>An incident by id or number, with its timeline; null when there is none that whoever asks may see.</summary>
    public static async Task<Story?> Load(
        string incident,
        DateTimeOffset? knownAt,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    ) =>
        await IncidentBoardEndpoint.Find(session, incident, stop) is { } view && sight.Sees(view.Id)
            ? await Load(view, knownAt, sight, session, database, now, stop)
            : null;

    public static async Task<Story> Load(
        IncidentView view,
        DateTimeOffset? knownAt,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var scope = await KnownIncidentSchema.ScopeOf(view, session, database, knownAt, now, stop);
        scope = scope with { Hidden = await sight.Subjects(session, stop) };
        var entries = await EntriesReaderSchema.OfIncident(database, scope, knownAt, stop);
        return new Story(view, entries, entries.Count < EntriesReaderSchema.Most);
    }

    /// <summary>400, with the field that is wrong and what would be accepted.</summary>
    public static IResult Malformed(string field, string message) =>
        Refusals.Malformed($"{field}: {message}", [(field, message)]);
}

public static class OrderEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/order", Show)
            .WithTags("Timeline")
            .WithSummary(
                "The story in the only order that is known: by cause, by source, by time, and what is not known"
            )
            .Produces<TimelineOrder>();

    private static async Task<IResult> Show(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    )
    {
        if (
            await AnalysisEndpoint.Load(id, knownAt, sight, session, database, clock.GetUtcNow(), stop) is not { } story
        )
            return IncidentBoardEndpoint.Unknown(id);
        var lags = Lags.Of(story.Entries);
        return TypedResults.Ok(
            new TimelineOrder(Ordering.Of(story.Entries, lags), lags.View(), knownAt?.ToUniversalTime(), story.Whole)
        );
    }
}
