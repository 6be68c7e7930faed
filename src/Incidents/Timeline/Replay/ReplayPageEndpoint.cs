using System.ComponentModel.DataAnnotations;
using System.Text;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;
using Steady.Incidents.Timeline.Export;
using Steady.Incidents.Timeline.Query;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>A replay to keep and to hand on: one file, without a server.</summary>
public static class ReplayPageEndpoint
{
    // A browser draws each of them.
    private const int Most = 5_000;

    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/timeline/replay.html", Handle)
            .WithTags("Timeline")
            .WithSummary("A replay as one page that plays by itself, without a network")
            .Produces(StatusCodes.Status200OK, null, HtmlDocument.Type);

    private static async Task<IResult> Handle(
        HttpResponse response,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        string? q = null,
        string? view = null,
        string? incident = null,
        [Range(Schedule.Slowest, Schedule.Fastest)] int speed = 60
    )
    {
        var asked = new ReplayAsked(q, view, incident, null);
        var (story, refused) = await ReplayStoryEndpoint.Load(asked, sight, session, database, clock, stop);
        if (story is null)
            return refused!;
        if (story.Versions.Count > Most)
            return TimelineQueryEndpoint.TooCostly();
        var standing = Frames.Standing(story.Frames, ReplayLane.Hindsight);
        var now = story
            .Versions.Where(one => standing.TryGetValue(one.Id, out var version) && version == one.EntryVersion)
            .ToList();
        // Incidents do not contradict each other.
        var clashes = story.Incident is null
            ? []
            : await ContradictionsEndpoint.Ruled(
                await ContradictionsReaderSchema.In(now, clock.GetUtcNow(), session, stop),
                null,
                session,
                stop
            );
        var about = story.Incident is { } id ? await session.LoadAsync<IncidentView>(id, stop) : null;
        var telling = new ReplayTelling(about, story.Query, story.Pin, story.Versions, story.Frames, clashes, speed);
        // What is redacted tomorrow must not be found in somebody's cache.
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition =
            $"inline; filename=\"{(about is null ? "replay" : $"INC-{about.Number}-replay")}.html\"";
        return TypedResults.Text(ReplayPage.Of(telling), HtmlDocument.Type, Encoding.UTF8);
    }
}
