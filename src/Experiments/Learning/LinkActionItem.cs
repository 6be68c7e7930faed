using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Learning;

public static class Linking
{
    /// <summary>The same item for the same owner is linked once.</summary>
    public static Decision Decide(Lesson finding, LinkActionItem command, string by, DateTimeOffset now) =>
        finding.Actions.Any(item => item.Text == command.Text && item.Owner == command.Owner)
            ? []
            :
            [
                new ActionItemLinked(
                    finding.About,
                    finding.Actions.Count + 1,
                    command.Text,
                    command.Owner,
                    command.DueOn,
                    by,
                    now
                ),
            ];
}

public static class LinkActionItemEndpoint
{
    public static void Map(IEndpointRouteBuilder findings) =>
        findings
            .MapPost("/{id:guid}/actions", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Say what is to be done about a finding, and by whom")
            .Produces(204)
            .ProducesProblem(404);

    private static async Task<IResult> Handle(
        Guid id,
        LinkActionItem command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Lesson>(
            id,
            version,
            by,
            finding => Linking.Decide(finding, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
