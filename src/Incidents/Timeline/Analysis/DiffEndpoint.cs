using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Two incidents beside each other.</summary>
public static class DiffEndpoint
{
    private const int MostFollowUps = 2000;

    private static readonly Dictionary<string, IncidentMoment> Moments = Enum.GetValues<IncidentMoment>()
        .ToDictionary(Word, StringComparer.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/diff", Show)
            .WithTags("Timeline")
            .WithSummary("Two incidents step by step: what one had and the other had not, what came sooner or later")
            .Produces<IncidentDiff>();

    public static async Task<IResult> Show(
        string left,
        string right,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        string align = "declared"
    )
    {
        if (!Moments.TryGetValue(align.Replace("-", "", StringComparison.Ordinal), out var moment))
            return AnalysisEndpoint.Malformed(
                "align",
                $"'{align}' is no moment of an incident. Give one of {string.Join(", ", Moments.Keys)}."
            );
        if (await Side(left, sight, session, database, clock.GetUtcNow(), stop) is not { } one)
            return IncidentBoardEndpoint.Unknown(left);
        if (await Side(right, sight, session, database, clock.GetUtcNow(), stop) is not { } other)
            return IncidentBoardEndpoint.Unknown(right);
        var (from, to) =
            one.StartedAt <= other.StartedAt ? (one.StartedAt, other.StartedAt) : (other.StartedAt, one.StartedAt);
        var hidden = sight.Hidden;
        await sight.Read([one.Id, other.Id], "diff", stop);
        var followUps = await session
            .Query<FollowUp>()
            .Where(followUp => !followUp.Opened.SourceId.IsOneOf(hidden))
            .Where(followUp => followUp.Opened.At >= from && followUp.Opened.At < to)
            .Take(MostFollowUps)
            .ToListAsync(stop);
        return TypedResults.Ok(Diffing.Of(one, other, moment, [.. followUps.Select(followUp => followUp.View())]));
    }

    private static async Task<DiffSide?> Side(
        string incident,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (await AnalysisEndpoint.Load(incident, null, sight, session, database, now, stop) is not { } story)
            return null;
        var events = await session.Events.FetchStreamAsync(story.Incident.Id, token: stop);
        var moments = Timestamps
            .Of(events)
            .Where(one => one.Holds?.OccurredAt is not null)
            .ToDictionary(one => one.Moment, one => one.Holds!.OccurredAt!.Value);
        return new DiffSide(
            story.Incident.Id,
            story.Incident.Service,
            story.Incident.StartedAt,
            moments,
            story.Entries
        );
    }

    private static string Word(IncidentMoment moment) => $"{char.ToLowerInvariant($"{moment}"[0])}{$"{moment}"[1..]}";
}
