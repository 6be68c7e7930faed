using Marten;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Safety.Levers;

/// <summary>
/// Pulls and releases levers. Engaging marks the environment in memory first, so that nothing moves on from that moment;
/// then takes every fault out and halts every run; and only then says that the lever is engaged. So no lease is granted
/// after the event, and whoever reads it may rely on every run being halted.
/// </summary>
public sealed class LeverWorker(
    IDocumentStore store,
    Streams streams,
    LeverBoard board,
    RunWorker runs,
    TimeProvider clock
) : IDisposable
{
    private const int Races = 8;

    // One at a time moves levers, so that a release cannot wipe away the mark of who pulls at the same moment.
    private readonly SemaphoreSlim hand = new(1);

    public void Dispose() => hand.Dispose();

    public async Task<Outcome> Engage(string environment, string reason, Actor by, CancellationToken stop)
    {
        board.Mark(environment, reason);
        await hand.WaitAsync(stop);
        try
        {
            board.Mark(environment, reason);
            await HaltAll(environment, reason, by, stop);
            return await Write(environment, reason, by, stop);
        }
        finally
        {
            hand.Release();
        }
    }

    public async Task<Outcome> Release(
        string environment,
        string reason,
        Actor by,
        ExpectedVersion version,
        CancellationToken stop
    )
    {
        await hand.WaitAsync(stop);
        try
        {
            var now = clock.GetUtcNow();
            var outcome = await streams.Decide<Lever>(
                Lever.IdOf(environment),
                version,
                by,
                lever => Pulling.Release(lever, reason, by.Name, now),
                stop
            );
            // What was marked but never came to be stored is released as well.
            if (outcome is Outcome.Done or Outcome.Missing)
                board.Clear(environment);
            return outcome;
        }
        finally
        {
            hand.Release();
        }
    }

    private async Task HaltAll(string environment, string reason, Actor by, CancellationToken stop)
    {
        var cause = new Cause($"The safety lever of {environment} was engaged: {reason}", by.Name);
        foreach (var run in await RunPageEndpoint.FindActive(store, stop))
        {
            if (run.Over || run.Design.Environment != environment)
                continue;
            runs.Halt(run.Id, cause);
            var now = clock.GetUtcNow();
            await streams.Decide<Run>(
                run.Id,
                ExpectedVersion.Any,
                by,
                state => Halting.Decide(state, cause, now),
                stop
            );
        }
    }

    private async Task<Outcome> Write(string environment, string reason, Actor by, CancellationToken stop)
    {
        var id = Lever.IdOf(environment);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var outcome = await streams.Decide<Lever>(
                id,
                ExpectedVersion.Any,
                by,
                lever => Pulling.Engage(lever, environment, reason, by.Name, now),
                stop
            );
            if (outcome is not Outcome.Missing)
                return outcome;
            // Never pulled before; and when somebody else does so at this moment, their stream is found at the next turn.
            outcome = await streams.Start<Lever>(
                NewStream.Of(id),
                by,
                Pulling.Engage(null, environment, reason, by.Name, now),
                stop
            );
            if (outcome is not Outcome.Taken || attempt == Races)
                return outcome;
        }
    }
}
