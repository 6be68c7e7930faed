using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Learning;

public static class PromoteExperimentEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments)
    {
        experiments
            .MapPost("/{experiment}/promotion", Promote)
            .RequireScope("experiments:design")
            .WithSummary("Let an experiment into the next environment, on the evidence of its runs alone")
            .Produces<PromotionView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        experiments
            .MapGet("/{experiment}/promotion", Get)
            .RequireScope("experiments:read")
            .WithSummary("The promotion of an experiment, and what was shown for it")
            .Produces<PromotionView>()
            .ProducesProblem(404);
        experiments
            .MapPost("/{experiment}/promotion/revoke", Revoke)
            .RequireScope("experiments:operate")
            .WithSummary("Take a promotion back; it needs new evidence then")
            .Produces(204)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Promote(
        string experiment,
        Actor by,
        IDocumentStore store,
        PromotionWorker promotions,
        CancellationToken stop
    )
    {
        var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop);
        if (found is null)
            return Answers.Missing();
        var outcome = await promotions.Promote(found, by, stop);
        return outcome is Outcome.Done or Outcome.Repeated ? await Show(store, found, stop) : outcome.ToResult();
    }

    private static async Task<IResult> Get(string experiment, IDocumentStore store, CancellationToken stop)
    {
        var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop);
        return found is null ? Answers.Missing() : await Show(store, found, stop);
    }

    private static async Task<IResult> Revoke(
        string experiment,
        RevokePromotion command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop);
        if (found is null)
            return Answers.Missing();
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Promotion>(
            IdOf(found),
            version,
            by,
            promotion => Promoting.Revoke(promotion, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static Guid IdOf(ExperimentView experiment) =>
        Promotion.IdOf(experiment.Design.Name, experiment.Design.Promotion?.Environment ?? "");

    private static async Task<IResult> Show(IDocumentStore store, ExperimentView experiment, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var promotion = await session.LoadAsync<Promotion>(IdOf(experiment), stop);
        var view = promotion is null
            ? null
            : new PromotionView(
                promotion.Experiment,
                promotion.Environment,
                promotion.Target,
                promotion.TargetHash,
                promotion.Evidence,
                promotion.ValidUntil,
                promotion.RevokedBecause,
                promotion.By,
                promotion.At
            );
        return view.ToView(_ => promotion!.Version);
    }
}
