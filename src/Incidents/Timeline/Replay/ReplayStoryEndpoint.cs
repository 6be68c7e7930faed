using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Query;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>What is to be replayed: a query, a kept one, or an incident.</summary>
/// <param name="Pin">As of when; null for now.</param>
public sealed record ReplayAsked(string? Query, string? View, string? Incident, DateTimeOffset? Pin);

/// <summary>What there is to be replayed.</summary>
/// <param name="Query">In its canonical spelling.</param>
/// <param name="Incident">The incident it is about; null when it is about none or several.</param>
/// <param name="Pin">What was recorded later has no part in it.</param>
public sealed record ReplayStory(
    string Query,
    Guid? Incident,
    DateTimeOffset Pin,
    IReadOnlyList<TimelineEntry> Versions,
    IReadOnlyList<Frame> Frames
)
{
    public string Question { get; } = ReplayMark.QuestionOf(Query);
}

/// <summary>Looks up what is to be replayed.</summary>
public static class ReplayStoryEndpoint
{
    public static async Task<(ReplayStory? Story, IResult? Refused)> Load(
        ReplayAsked asked,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (text, search, refused) = await Read(asked, session, stop);
        if (search is null)
            return (null, refused);
        // What is newer than this may still change, and would be told in one part of a replay and not in another.
        var through = await TimelineRowsSchema.KnownThrough(database, stop) ?? clock.GetUtcNow();
        var pin = asked.Pin < through ? asked.Pin.Value : through;
        (var known, refused) = await TimelineQueryEndpoint.Known(
            search,
            new QueryEdges(sight, session, database, pin, pin),
            stop
        );
        if (known is null)
            return (null, refused);
        var bound = Binding.Bind(text, search, known);
        if (bound.Plan is not { } plan)
            return (null, TimelineQueryEndpoint.Malformed(text, bound.Mistakes));
        if (plan.KnownAt < pin)
            pin = plan.KnownAt.Value;
        var versions = await ReplayReaderSchema.Versions(database, plan with { KnownAt = pin }, stop);
        if (versions is null)
            return (null, TimelineQueryEndpoint.TooCostly());
        var named = plan.Incidents.Values.Select(one => one.Scope.Incident).Distinct().ToList();
        await sight.Read(named.Concat(versions.Select(one => one.IncidentId)).OfType<Guid>(), "replay", stop);
        return (
            new ReplayStory(
                Printing.Print(search),
                named is [{ } only] ? only : null,
                pin,
                [.. versions.Select(one => ReplayReaderSchema.AsOf(one, pin))],
                Frames.Of(versions, pin)
            ),
            null
        );
    }

    private static async Task<(string Text, Search? Search, IResult? Refused)> Read(
        ReplayAsked asked,
        IQuerySession session,
        CancellationToken stop
    )
    {
        if (new[] { asked.Query, asked.View, asked.Incident }.Count(one => one is not null) != 1)
            return ("", null, Malformed("Ask for one of 'incident' (INC-7), 'q' (a query) and 'view' (a kept one)."));
        var text = asked.Query ?? "";
        if (asked.View is { } view)
        {
            if (await SavedViewsEndpoint.Find(session, view, stop) is not { } kept)
                return ("", null, SavedViewsEndpoint.Unknown(view));
            text = kept.Current.Query;
        }

        var reading = Parsing.Read(text);
        if (reading.Verb is not null)
            return (text, null, Malformed("A replay is of entries: incident:INC-7, or conditions."));
        if (reading.Search is not { } search)
            return (text, null, TimelineQueryEndpoint.Malformed(text, reading.Mistakes));
        search = Sugar.Add(search, new Beside(asked.Incident));
        return search.Pipes.Count > 0 || search.Settings is { SeenBy: not null } or { Recorded: true }
            ? (text, null, Malformed("A replay has an order of its own. Leave out 'seenBy', 'order' and pipes."))
            : (text, search, null);
    }

    private static IResult Malformed(string detail) => Answers.Problem(400, "malformed", detail);
}
