using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Acknowledging
{
    /// <summary>Whoever is asked may acknowledge; whom it escalated to speaks for all who have not.</summary>
    public static Decision Decide(GameDay day, int number, string by, DateTimeOffset now)
    {
        if (day.Announcements.FirstOrDefault(sent => sent.Number == number) is not { } announcement)
            return new Refusal(
                "announcement-unknown",
                $"The game day has {day.Announcements.Count} announcements and no number {number}. Give one of its numbers."
            );
        if (announcement.Acknowledged.Any(given => given.Person == by))
            return [];
        var asked = announcement.AcknowledgeBy.Contains(by);
        var escalated = announcement.EscalatedAt is not null && announcement.EscalateTo == by;
        return asked || escalated
            ? [new AnnouncementAcknowledged(day.About, number, by, now)]
            : new Refusal(
                "announcement-not-yours",
                $"Number {number} waits for {string.Join(", ", announcement.Waiting)}. Only they can say that they know."
            );
    }
}

public static class AcknowledgeAnnouncementEndpoint
{
    // Reading is enough: it says no more than that somebody has read it.
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/announcements/{number:int}/acknowledge", Handle)
            .RequireScope("experiments:read")
            .WithSummary("Say that you know; as good twice as once")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        int number,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var id = GameDayPageEndpoint.IdOf(gameday);
        var outcome = await streams.Decide<GameDay>(
            id,
            version,
            by,
            day => Acknowledging.Decide(day, number, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
