using JasperFx.Events;
using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

/// <summary>How long things took, across incidents.</summary>
public static class MeasuresEndpoint
{
    private const int MostFigures = 500;
    private const int AtOnce = 500;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1100);

    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/incident-measures", Show)
            .WithTags("Measures")
            .WithSummary(
                "How long it took to detect, acknowledge, declare, mitigate and resolve: medians and spread, no means"
            )
            .Produces<IncidentMeasures>();

    private static async Task<IResult> Show(
        Sight sight,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? service = null,
        string? severity = null
    )
    {
        var wanted = severity is null ? null : Stamping.SeverityOf(severity);
        if (severity is not null && wanted is null)
            return Answers.Problem(
                400,
                "filter-unknown",
                $"'{severity}' is no severity. Give sev1, sev2, sev3 or sev4."
            );
        var end = (to ?? clock.GetUtcNow()).ToUniversalTime();
        var begin = (from ?? end - Usual).ToUniversalTime();
        if (end <= begin || end - begin > Longest)
            return Answers.Problem(
                400,
                "malformed",
                $"'to' lies after 'from', at most {Longest.Days} days. Give a shorter stretch."
            );
        var incidents = await Find(session, sight.Hidden, begin, end, service, wanted, stop);
        await sight.Read(incidents.Select(one => one.Id), "incident-measures", stop);
        var postmortems = await session.LoadManyAsync<Postmortem>(
            stop,
            [.. incidents.Select(one => Postmortem.IdOf(one.Id))]
        );
        var published = postmortems.ToDictionary(one => one.Started.IncidentId, one => one.PublishedAt);
        var stories = await Stories(session, [.. incidents.Select(one => one.Id)], stop);
        var measured = incidents
            .Select(one => Measured(one, stories[one.Id], published.GetValueOrDefault(one.Id)))
            .ToList();
        return TypedResults.Ok(
            new IncidentMeasures(
                begin,
                end,
                service,
                wanted,
                measured.Count,
                [.. Measuring.Kinds.Select(kind => Across(kind, measured))],
                [.. measured.Take(MostFigures)]
            )
        );
    }

    private static MeasuredIncident Measured(
        IncidentView incident,
        IEnumerable<IEvent> story,
        DateTimeOffset? publishedAt
    )
    {
        var timestamps = Timestamps.Of([.. story]);
        return new MeasuredIncident(
            incident.Id,
            incident.Number,
            incident.Service,
            incident.Severity,
            incident.Title,
            Measuring.Of(Measures.Of(timestamps), timestamps, publishedAt)
        );
    }

    private static async Task<ILookup<Guid, IEvent>> Stories(
        IQuerySession session,
        IReadOnlyList<Guid> incidents,
        CancellationToken stop
    )
    {
        var events = new List<IEvent>();
        foreach (var some in incidents.Chunk(AtOnce))
            events.AddRange(
                await session
                    .Events.QueryAllRawEvents()
                    .Where(stored => stored.StreamId.IsOneOf(some))
                    .OrderBy(stored => stored.Sequence)
                    .ToListAsync(stop)
            );
        return events.ToLookup(stored => stored.StreamId);
    }

    private static Measure Across(MeasureName kind, IEnumerable<MeasuredIncident> measured) =>
        Measuring.Across(kind, [.. measured.Select(one => one.Figures.Single(figure => figure.Kind == kind))]);

    private static async Task<IReadOnlyList<IncidentView>> Find(
        IQuerySession session,
        Guid[] hidden,
        DateTimeOffset begin,
        DateTimeOffset end,
        string? service,
        Severity? severity,
        CancellationToken stop
    )
    {
        var query = session
            .Query<IncidentView>()
            .Where(one => one.DeclaredAt >= begin && one.DeclaredAt < end && !one.Id.IsOneOf(hidden));
        if (service is not null)
            query = query.Where(one => one.Service == service);
        if (severity is { } wanted)
            query = query.Where(one => one.Severity == wanted);
        var found = await query.ToListAsync(stop);
        return [.. found.Where(Stamping.Counts).OrderByDescending(one => one.Number)];
    }
}
