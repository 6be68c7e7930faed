using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

public static class Freezing
{
    public static Decision Decide(Experiment experiment, string by, DateTimeOffset now) =>
        experiment.FrozenHash is null ? [new DesignFrozen(DesignHash.Of(experiment.Design), by, now)] : [];
}

public static class FreezeDesignEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/{experiment}/freeze", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Freeze a design under its hash; afterwards it can be run and no longer changed")
            .Produces<ExperimentView>()
            .ProducesProblem(404)
            .ProducesProblem(412);

    private static async Task<IResult> Handle(
        string experiment,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var id = ExperimentPageEndpoint.IdOf(experiment);
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Experiment>(
            id,
            version,
            by,
            state => Freezing.Decide(state, by.Name, now),
            stop
        );
        return outcome is Outcome.Done
            ? (await ExperimentPageEndpoint.Find(store, id, stop)).ToView(view => view.Version)
            : outcome.ToResult();
    }
}
