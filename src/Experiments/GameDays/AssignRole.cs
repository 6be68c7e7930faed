using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Assigning
{
    public static Decision Decide(GameDay day, RoleHolder command, string by, DateTimeOffset now) =>
        day.Over ? Refusals.Over(day)
        : day.Plan.Roles.Contains(command) ? []
        : [new RoleAssigned(command.Person, command.Role, by, now)];
}

public static class AssignRoleEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/roles", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Give a person a role; a new commander takes over from the one before")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        RoleHolder command,
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
            day => Assigning.Decide(day, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
