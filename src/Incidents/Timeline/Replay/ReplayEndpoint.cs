using System.ComponentModel.DataAnnotations;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>
/// A story as it went, as server-sent events under a clock of its own: what was known at each moment beside what was so.
/// Who watches may stop at any event and go on there with <c>Last-Event-ID</c>.
/// </summary>
public static class ReplayEndpoint
{
    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/timeline/replay", Handle)
            .WithTags("Timeline")
            .WithSummary(
                "A story as it went, by what was known and by what was so, as server-sent events; Last-Event-ID resumes"
            )
            .Produces(StatusCodes.Status200OK, null, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent);
        ReplayPageEndpoint.Map(read);
    }

    private static async Task<IResult> Handle(
        HttpRequest request,
        Sight sight,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        ReplaySeats seats,
        CancellationToken stop,
        string? q = null,
        string? view = null,
        string? incident = null,
        [Range(Schedule.Slowest, Schedule.Fastest)] int speed = 60,
        string? lane = null,
        string? skip = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    )
    {
        if (LanesOf(lane) is not { } lanes)
            return Refusals.Malformed(
                $"'{lane}' is no lane. Give fog (what was known), hindsight (what was so) or both.",
                [("lane", "fog, hindsight or both")]
            );
        if (skip is not (null or "idle"))
            return Refusals.Malformed(
                $"'{skip}' cannot be skipped. Give skip=idle, or leave it out.",
                [("skip", "idle")]
            );
        ReplayMark? mark = null;
        if (request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } id)
        {
            mark = ReplayMark.Read(id);
            if (mark is null)
                return Another();
        }

        await using var session = store.QuerySession();
        var asked = new ReplayAsked(q, view, incident, mark?.Pin);
        var (story, refused) = await ReplayStoryEndpoint.Load(asked, sight, session, database, clock, stop);
        if (story is null)
            return refused!;
        if (mark is not null && mark.Question != story.Question)
            return Another();
        var course = Course.Of(story.Frames, lanes, new Watching(from, to, speed, skip is not null), mark, story.Pin);
        if (course is null)
            return Refusals.Malformed("The replay ends before it begins. Give a later 'to'.", [("to", "after from")]);
        if (course.IsOver)
            return TypedResults.NoContent();
        if (seats.Take() is not { } seat)
            return Full(request.HttpContext.Response);
        request.HttpContext.Response.RegisterForDispose(seat);
        return Play(story, course, mark, sight, store, database, clock, stop);
    }

    private static IResult Play(
        ReplayStory story,
        Course course,
        ReplayMark? mark,
        Sight sight,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (frames, pacing) = (course.Frames, course.Pacing);
        var hello = new ReplayHello(story.Query, pacing.From, pacing.To, story.Pin, pacing.Speed, frames.Count);
        var begin = mark ?? ReplayMark.Before(story.Question, story.Pin, frames, pacing.From);
        var playing = new Playing(story.Frames, Read, clock);
        return TypedResults.ServerSentEvents(playing.Of(frames, pacing, hello, begin, stop));

        // Anew each time: it may have become private since, and what is redacted is gone.
        async Task<IReadOnlyDictionary<(Guid, int), TimelineEntry>> Read(
            IReadOnlyList<Frame> due,
            CancellationToken until
        )
        {
            await using var again = store.QuerySession();
            var seen = await sight.Again(again, until);
            var hidden = await seen.Subjects(again, until);
            Guid[] ids = [.. due.Select(one => one.Entry).Distinct()];
            var words = await ReplayReaderSchema.Words(database, ids, hidden, story.Pin, until);
            await seen.Read(words.Values.Select(one => one.IncidentId).OfType<Guid>(), "replay", until);
            return words;
        }
    }

    private static IReadOnlySet<ReplayLane>? LanesOf(string? lane) =>
        lane?.ToLowerInvariant() switch
        {
            null or "both" => new HashSet<ReplayLane> { ReplayLane.Fog, ReplayLane.Hindsight },
            "fog" => new HashSet<ReplayLane> { ReplayLane.Fog },
            "hindsight" => new HashSet<ReplayLane> { ReplayLane.Hindsight },
            _ => null,
        };

    private static IResult Another() =>
        Answers.Problem(
            400,
            "malformed",
            "'Last-Event-ID' is of no replay, or of one that asks for something else. Send the id of an event of this replay, or none."
        );

    private static IResult Full(HttpResponse response)
    {
        response.Headers.RetryAfter = "10";
        return Answers.Problem(
            429,
            "replays-at-limit",
            $"{ReplaySeats.All} replays run at once here, and no more. Try again when one is over, or take the page: GET /v1/timeline/replay.html."
        );
    }
}
