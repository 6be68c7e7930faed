using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What cannot be so in a timeline, and what people make of it.</summary>
public static class ContradictionsEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/contradictions", List)
            .WithTags("Timeline")
            .WithSummary(
                "What cannot be so in the timeline, explained, with the rulings on it; nothing is moved for it"
            )
            .Produces<ContradictionList>();

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id}/contradictions/{contradiction:guid}/ruling", Rule)
            .WithTags("Timeline")
            .WithSummary("Rule on a contradiction: which entry holds, or that all or none do; again is a new ruling")
            .Produces(StatusCodes.Status204NoContent);

    public static async Task<IResult> List(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        ContradictionsReaderSchema reader,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    )
    {
        var now = clock.GetUtcNow();
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident || !sight.Sees(incident.Id))
            return IncidentBoardEndpoint.Unknown(id);
        var scope = await KnownIncidentSchema.ScopeOf(incident, session, database, knownAt, now, stop);
        scope = scope with { Hidden = await sight.Subjects(session, stop) };
        var found = await reader.OfIncident(scope, knownAt, session, now, stop);
        var ruled = await Ruled(found, knownAt, session, stop);
        return TypedResults.Ok(new ContradictionList(ruled, knownAt?.ToUniversalTime(), found.Whole));
    }

    /// <summary>The same with the rulings on it, as far as they were known.</summary>
    public static async Task<IReadOnlyList<ContradictionView>> Ruled(
        FoundContradictions found,
        DateTimeOffset? knownAt,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var ruled = await session.LoadManyAsync<RuledContradiction>(stop, [.. found.Items.Select(one => one.Id)]);
        var rulings = ruled
            .Select(one => one with { Rulings = [.. one.Rulings.Where(r => knownAt is null || r.At <= knownAt)] })
            .Where(one => one.Rulings.Count > 0)
            .ToDictionary(one => one.Id);
        return [.. found.Items.Select(one => rulings.TryGetValue(one.Id, out var ruling) ? ruling.On(one) : one)];
    }

    private static async Task<IResult> Rule(
        string id,
        Guid contradiction,
        RuleOnContradiction command,
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
        var now = clock.GetUtcNow();
        if (await AnalysisEndpoint.Load(id, null, sight, session, database, now, stop) is not { } story)
            return IncidentBoardEndpoint.Unknown(id);
        var all = await ContradictionsReaderSchema.In(story.Entries, now, session, stop);
        var found = all.Items.FirstOrDefault(one => one.Id == contradiction);
        if (found is null)
            return Answers.Problem(
                404,
                "not-found",
                $"There is no contradiction '{contradiction}' in INC-{story.Incident.Number} any more, or there never was. GET /v1/incidents/{id}/contradictions lists them."
            );
        if (Ruling.Check(found, command).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("This is no ruling; nothing was stored. See errors.", wrong);
        var outcome = await streams.Decide<RuledContradiction>(contradiction, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<RuledContradiction>(NewStream.Of(contradiction), by, Decide(null), stop)
                : new Outcome.Stale(0);
        // Somebody was the first at the same moment: theirs stands, and this one follows it.
        if (outcome is Outcome.Taken)
            outcome = await streams.Decide<RuledContradiction>(contradiction, version, by, Decide, stop);
        return outcome.ToResult();

        Decision Decide(RuledContradiction? before) => Ruling.Decide(before, story.Incident, found, command, by, now);
    }
}
