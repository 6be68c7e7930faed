using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

public static class Halting
{
    /// <summary>
    /// Halting is absorbing: after it no rule lets a step through. A run that is ending by itself or has ended is not
    /// halted, because nothing would be different.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="cause">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="soFar">
    /// What the probe saw of a rung that is held just now. When it is already out of tolerance the rung has broken, and
    /// the run still names its breaking point.
    /// </param>
    public static Decision Decide(Run run, Cause cause, DateTimeOffset now, Tally? soFar = null)
    {
        if (run.State == RunState.RevertUnconfirmed)
            return new Refusal(
                "revert-unconfirmed",
                "The run has ended, but a fault may still be in place. Look at the edge, then confirm with evidence."
            );
        if (run.Over || run.Ending)
            return [];
        var halt = new HaltRequested(cause.Reason, cause.By, now);
        var broken =
            run.State == RunState.Holding && soFar is { Total: > 0 } && !soFar.Holds(run.Design.SteadyState.Tolerance);
        var rung = broken ? run.Rungs[^1] : null;
        return rung is null
            ? [halt]
            : [new RungJudged(run.About, rung.Number, rung.Rung, false, soFar!.Good, soFar.Bad, now), halt];
    }
}

public static class HaltRunEndpoint
{
    public static void Map(IEndpointRouteBuilder runs) =>
        runs.MapPost("/{id:guid}/halt", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Halt a run now: every fault is taken out; as good twice as once")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        Guid id,
        HaltRun command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        RunWorker worker,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var cause = new Cause(command.Reason, by.Name);
        // The fault comes out first; that somebody asked for it is written down meanwhile.
        if (version.Version is null)
            worker.Halt(id, cause);
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Run>(id, version, by, run => Halting.Decide(run, cause, now), stop);
        if (outcome is Outcome.Done)
            worker.Halt(id, cause);
        return outcome.ToResult();
    }
}
