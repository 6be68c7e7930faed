using Marten;

namespace Steady.Experiments.Runs;

/// <summary>Runs as drivers need them.</summary>
public sealed class RunReader(IDocumentStore store)
{
    public async Task<Run> Load(Guid id, CancellationToken stop) => (await RunPageEndpoint.Load(store, id, stop))!;
}
