using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>
/// What a query finds from now on, as server-sent events in the order in which it is recorded. The event id is the store's
/// sequence, so a reader that comes back with <c>Last-Event-ID</c> misses nothing.
/// </summary>
public static class TimelineLiveEndpoint
{
    private const int MostAtOnce = 200;

    // Who comes back after long is told in stretches that are surely read in time.
    private const long Stretch = 20_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/timeline/live", Handle)
            .WithTags("Timeline")
            .WithSummary("What a query finds from now on, as server-sent events; Last-Event-ID resumes")
            .Produces(StatusCodes.Status200OK, null, "text/event-stream");

    private static async Task<IResult> Handle(
        HttpRequest request,
        Sight sight,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        string? q = null,
        string? view = null
    )
    {
        await using var session = store.QuerySession();
        if ((q is null) == (view is null))
            return Answers.Problem(400, "malformed", "Ask with a query, 'q', or with one that is kept, 'view'.");
        if ((q ?? (await SavedViewsEndpoint.Find(session, view!, stop))?.Current.Query) is not { } text)
            return SavedViewsEndpoint.Unknown(view!);
        var reading = Parsing.Read(text);
        if (reading.Verb is null && reading.Search is null)
            return TimelineQueryEndpoint.Malformed(text, reading.Mistakes);
        if (reading.Search is not { } search || !Keeping.IsLive(search))
            return Answers.Problem(400, "malformed", Keeping.ConditionsOnly);
        var around = new QueryEdges(sight, session, database, clock.GetUtcNow());
        var (_, refused) = await TimelineQueryEndpoint.Known(search, around, stop);
        if (refused is not null)
            return refused;
        var last = long.TryParse(request.Headers["Last-Event-ID"], out var seen) ? seen : (long?)null;
        return TypedResults.ServerSentEvents(Read(search, sight, store, database, clock, last, stop));
    }

    private static async IAsyncEnumerable<SseItem<TimelineEntry?>> Read(
        Search search,
        Sight sight,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        long? last,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var position = last ?? await TimelineQuerySchema.Written(database, stop);
        yield return Item(null, "hello", position);
        var told = clock.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var until = Math.Min(await TimelineQuerySchema.Written(database, stop), position + Stretch);
            if (until > position)
            {
                var (page, end) = await Page(search, sight, store, database, clock, position, until, stop);
                foreach (var entry in page)
                    yield return Item(entry, "entry", entry.Sequence);
                if (page.Count > 0)
                    told = clock.GetTimestamp();
                position = end;
                continue;
            }

            if (clock.GetElapsedTime(told) >= Heartbeat)
            {
                yield return Item(null, "heartbeat", position);
                told = clock.GetTimestamp();
            }

            await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(IReadOnlyList<TimelineEntry> Entries, long End)> Page(
        Search search,
        Sight sight,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        long after,
        long until,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var seen = await sight.Again(session, stop);
        var range = new NewRange(after, until, MostAtOnce);
        var found = await NewEntriesSchema.Page(search, seen, session, database, clock, range, stop);
        if (found is null)
            return ([], after);
        await seen.Read(found.Entries.Select(entry => entry.IncidentId).OfType<Guid>(), "timeline", stop);
        return (found.Entries, found.End);
    }

    private static SseItem<TimelineEntry?> Item(TimelineEntry? entry, string type, long position) =>
        new(entry, type) { EventId = $"{position}" };
}
