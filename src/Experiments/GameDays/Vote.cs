using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Voting
{
    /// <summary>Whoever has a role may vote, and may think again; an observer's no-go counts as much as a commander's.</summary>
    public static Decision Decide(GameDay day, CastVote command, string by, DateTimeOffset now)
    {
        if (day.Over)
            return Refusals.Over(day);
        if (day.Plan.Roles.All(holder => holder.Person != by))
            return Refusals.NotYours("A vote", "whoever has a role on the game day");
        if (!command.Go && string.IsNullOrWhiteSpace(command.Reason))
            return new Refusal(
                "reason-missing",
                "A no-go needs a reason, so that something can be done about it. Give 'reason'."
            );
        var same = day.Votes.Any(vote => vote.Person == by && vote.Go == command.Go && vote.Reason == command.Reason);
        return same ? [] : [new GoNoGoVoted(day.About, command.Go, command.Reason, by, now)];
    }
}

public static class VoteEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/votes", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Vote go or no-go; the last vote of a person counts")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        CastVote command,
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
            day => Voting.Decide(day, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
