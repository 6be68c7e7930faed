using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Writing
{
    public static Decision Decide(GameDay day, TakeNote command, string by, DateTimeOffset now) =>
        day.Over ? Refusals.Over(day)
        : day.Holds(by, GameDayRole.Scribe) ? [new NoteTaken(command.Text, by, now)]
        : Refusals.NotYours("The protocol", "the scribe");
}

public static class TakeNoteEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/notes", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Write down what was seen or said; for the scribe")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        TakeNote command,
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
            day => Writing.Decide(day, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
