using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Prediction;

public static class Predicting
{
    /// <summary>What a design is expected to do; a refusal when the topology has no edge that goes through its proxy.</summary>
    public static (ExperimentPrediction? Prediction, Refusal? Refusal) Of(
        Topology topology,
        ExperimentDesign design,
        int earlierHeld,
        int earlierBroke
    )
    {
        var graph = topology.Graph();
        if (graph.Through(design.BlastRadius.Edge) is not { } lost)
            return (
                null,
                new(
                    "edge-not-in-topology",
                    $"The topology of '{design.Environment}' has no edge that goes through '{design.BlastRadius.Edge}'. Declare who calls whom there, with 'proxy: {design.BlastRadius.Edge}'."
                )
            );
        var services = Impacts.OfLosing(graph, lost);
        var inside = design.BlastRadius.Services.ToHashSet(StringComparer.Ordinal);
        var expected = services
            .Where(impact => inside.Contains(impact.Name))
            .Select(impact => impact.Expectation)
            .Append(Expectation.Holds)
            .Max();
        return (
            new(
                design.Environment,
                $"{lost.From} → {lost.To}",
                services,
                Impacts.OnOperations(graph, lost, services),
                [
                    .. services
                        .Where(impact => impact.Expectation == Expectation.Breaks && !inside.Contains(impact.Name))
                        .Select(impact => impact.Name),
                ],
                Surprise.Breaks(expected, earlierHeld, earlierBroke),
                earlierHeld,
                earlierBroke
            ),
            null
        );
    }
}

/// <summary>What is expected before a run, and how far off it was afterwards.</summary>
public static class PredictExperimentEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments, IEndpointRouteBuilder runs)
    {
        experiments
            .MapGet("/{experiment}/prediction", Predict)
            .RequireScope("experiments:read")
            .WithSummary("What the experiment is expected to do, from declared and traced edges and earlier runs")
            .Produces<ExperimentPrediction>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        runs.MapGet("/{id:guid}/surprise", Score)
            .RequireScope("experiments:read")
            .WithSummary("How far what the run has shown was from what was expected when it started")
            .Produces<RunSurprise>()
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> Predict(
        string experiment,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop) is not { } found)
            return Answers.Missing();
        var (prediction, refusal) = await At(clock.GetUtcNow(), found.Design, store, stop);
        return prediction is null ? Answers.Problem(409, refusal!.Code, refusal.Detail) : TypedResults.Ok(prediction);
    }

    private static async Task<IResult> Score(Guid id, IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Run>(id, stop) is not { } run)
            return Answers.Missing();
        if (run.Verdict is not (Verdict.Held or Verdict.Broke))
            return Answers.Problem(
                409,
                "run-without-verdict",
                "This run has not shown whether the steady state holds or breaks, so nothing can be compared."
            );
        var (prediction, refusal) = await At(run.About.StartedAt, run.Design, store, stop);
        return prediction is null
            ? Answers.Problem(409, refusal!.Code, refusal.Detail)
            : TypedResults.Ok(
                new RunSurprise(
                    id,
                    prediction,
                    run.Verdict.Value,
                    Surprise.Bits(prediction.BreaksProbability, run.Verdict == Verdict.Broke)
                )
            );
    }

    /// <summary>With the topology and the runs of that moment: what was learnt later must not make a prediction look wise.</summary>
    public static async Task<(ExperimentPrediction? Prediction, Refusal? Refusal)> At(
        DateTimeOffset moment,
        ExperimentDesign design,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var topology = await session.Events.AggregateStreamAsync<Topology>(
            TopologyPageEndpoint.IdOf(design.Environment),
            timestamp: moment,
            token: stop
        );
        if (topology is null)
            return (
                null,
                new(
                    "topology-missing",
                    $"Nobody had declared who depends on whom in '{design.Environment}' at that time. Declare its topology first."
                )
            );
        var earlier = await session.QueryAsync<Run>(
            "where data -> 'about' ->> 'edge' = ? and data -> 'design' ->> 'environment' = ? and (data ->> 'endedAt')::timestamptz < ? and data ->> 'verdict' in ('Held', 'Broke')",
            stop,
            design.BlastRadius.Edge,
            design.Environment,
            moment
        );
        var held = earlier.Count(run => run.Verdict == Verdict.Held);
        return Predicting.Of(topology, design, held, earlier.Count - held);
    }
}
