using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Announcing
{
    public static Decision Decide(GameDay day, SendAnnouncement command, string by, DateTimeOffset now)
    {
        if (day.Over)
            return Refusals.Over(day);
        if (by != day.PlannedBy && day.Plan.Roles.All(holder => holder.Person != by))
            return Refusals.NotYours("An announcement", "whoever planned the game day or has a role on it");
        return
        [
            new AnnouncementSent(
                day.About,
                day.Announcements.Count + 1,
                command.Channel,
                command.Message,
                [.. command.AcknowledgeBy.Distinct()],
                command.EscalateTo ?? day.With(GameDayRole.Commander).First(),
                now.AddMinutes(command.WithinMinutes),
                by,
                now
            ),
        ];
    }
}

public static class AnnounceGameDayEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/announcements", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Announce a game day to those who may notice; it escalates unless all acknowledge it in time")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        SendAnnouncement command,
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
            day => Announcing.Decide(day, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
