using Marten;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>Runs as drivers need them.</summary>
public sealed class RunReader(IDocumentStore store)
{
    public async Task<Run> Load(Guid id, CancellationToken stop) => (await RunPageEndpoint.Load(store, id, stop))!;

    /// <summary>Where the run before this one of the same experiment broke that broke at all, by the same kind of fault.</summary>
    public async Task<BreakingPoint?> BrokeBefore(Run run, CancellationToken stop) =>
        (await RunHistoryEndpoint.Of(store, run.ExperimentId, 50, stop))
            .Where(before => before.Id != run.Id && before.About.StartedAt < run.About.StartedAt)
            .Select(before => Ladders.Broke(before.Rungs))
            .OfType<BreakingPoint>()
            .FirstOrDefault();
}
