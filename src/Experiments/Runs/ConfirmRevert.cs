using Steady.Contracts.Experiments;
using Steady.Experiments.Safety;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

public static class Confirming
{
    /// <summary>Only a person who has looked can close a run whose fault could not be shown to be out.</summary>
    public static Decision Decide(Run run, string evidence, string by, DateTimeOffset now) =>
        run.State switch
        {
            RunState.RevertUnconfirmed => [new RevertConfirmed(run.About, evidence, run.Finding ?? "", by, now)],
            RunState.Halted or RunState.Concluded or RunState.Refused => [],
            _ => new Refusal(
                "run-active",
                "The run has not ended, so there is nothing to confirm yet. Halt it, or wait until it has ended."
            ),
        };
}

public static class ConfirmRevertEndpoint
{
    public static void Map(IEndpointRouteBuilder runs) =>
        runs.MapPost("/{id:guid}/confirm", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Confirm, with evidence, that a fault whose end could not be shown is gone")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        Guid id,
        ConfirmRevert command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Run>(
            id,
            version,
            by,
            run => Confirming.Decide(run, command.Evidence, by.Name, now),
            stop,
            with: ClaimEndpoint.Release(id)
        );
        return outcome.ToResult();
    }
}
