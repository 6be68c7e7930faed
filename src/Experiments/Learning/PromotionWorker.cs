using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Learning;

/// <summary>Promotions, kept and looked up.</summary>
public sealed class PromotionWorker(IDocumentStore store, Streams streams, TimeProvider clock)
{
    /// <summary>A promotion that covers a design, whether it still holds or not; the newest first. Null when there is none.</summary>
    public async Task<Promotion?> Covering(string targetHash, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session
            .Query<Promotion>()
            .Where(promotion => promotion.TargetHash == targetHash)
            .OrderByDescending(promotion => promotion.At)
            .FirstOrDefaultAsync(stop);
    }

    public async Task<Outcome> Promote(ExperimentView experiment, Actor by, CancellationToken stop)
    {
        var runs = await Runs(experiment.Id, stop);
        var now = clock.GetUtcNow();
        var target = Promoting.Target(experiment.Design);
        if (target is not null && await Taken(target, stop) is { } taken)
            return new Outcome.Refused(taken);
        var id = Promotion.IdOf(experiment.Design.Name, target?.Environment ?? "");
        var fresh = target is not null && !await Exists(target, stop);
        Action<IDocumentSession>? with = fresh ? session => Draft(session, target!, by, now) : null;
        var outcome = await streams.Decide<Promotion>(
            id,
            ExpectedVersion.Any,
            by,
            before => Promoting.Decide(before, experiment, runs, by.Name, now),
            stop,
            with: with
        );
        return outcome is Outcome.Missing
            ? await streams.Start<Promotion>(
                NewStream.Of(id),
                by,
                Promoting.Decide(null, experiment, runs, by.Name, now),
                stop,
                with: with
            )
            : outcome;
    }

    // The same design, already frozen: there is nothing to change about it any more.
    private static void Draft(IDocumentSession session, ExperimentDesign target, Actor by, DateTimeOffset now) =>
        session.Events.StartStream<Experiment>(
            StableId.From("experiment", target.Name),
            new ExperimentDrafted(target, by.Name, now),
            new DesignFrozen(DesignHash.Of(target), by.Name, now)
        );

    private async Task<bool> Exists(ExperimentDesign target, CancellationToken stop) =>
        await ExperimentPageEndpoint.Find(store, StableId.From("experiment", target.Name), stop) is not null;

    private async Task<Refusal?> Taken(ExperimentDesign target, CancellationToken stop)
    {
        var there = await ExperimentPageEndpoint.Find(store, StableId.From("experiment", target.Name), stop);
        return there is not null && DesignHash.Of(there.Design) != DesignHash.Of(target)
            ? new Refusal(
                "promotion-name-taken",
                $"'{target.Name}' is another experiment, and that is the name the promoted one would have. Use another name for yours."
            )
            : null;
    }

    private async Task<IReadOnlyList<Shown>> Runs(Guid experiment, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var shown = new List<Shown>();
        foreach (var run in await session.Query<Run>().Where(run => run.ExperimentId == experiment).ToListAsync(stop))
        {
            var happened = await session.Events.FetchStreamAsync(run.Id, token: stop);
            shown.Add(
                new Shown(
                    run.Id,
                    run.About.StartedAt,
                    run is { State: RunState.Concluded, Verdict: Verdict.Held },
                    Promoting.IsDrill([.. happened.Select(stored => stored.Data)])
                )
            );
        }

        return shown;
    }
}
