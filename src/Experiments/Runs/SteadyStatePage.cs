using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

/// <summary>Samples as people look at them: pure.</summary>
public static class Gauging
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(60);

    /// <param name="run">The run.</param>
    /// <param name="during">The samples of the last while.</param>
    /// <param name="elapsed">The moment on the samples' clock.</param>
    /// <param name="now">The same moment on the wall clock.</param>
    public static SteadyStateView Of(
        Run run,
        Func<TimeSpan, IReadOnlyList<Sample>> during,
        TimeSpan elapsed,
        DateTimeOffset now
    )
    {
        var tolerance = run.Design.SteadyState.Tolerance;
        var began = now - elapsed;
        var seconds = during(Shown)
            .GroupBy(sample => (began + sample.Ended).ToUnixTimeSeconds())
            .OrderBy(second => second.Key)
            .Select(second => new ProbedSecond(
                DateTimeOffset.FromUnixTimeSeconds(second.Key),
                second.Count(sample => sample.Good),
                second.Count(sample => !sample.Good),
                second.Count(sample => sample.Failed),
                (int)second.Max(sample => (sample.Ended - sample.Started).TotalMilliseconds)
            ));
        return new(
            run.Id,
            now,
            tolerance.MinimumGood,
            tolerance.WithinMs,
            [.. seconds],
            [
                .. run.Design.Abort.Select(criterion =>
                    Room(criterion, during(TimeSpan.FromSeconds(criterion.ForSeconds)))
                ),
            ]
        );
    }

    private static AbortRoom Room(AbortCriterion criterion, IReadOnlyList<Sample> seen)
    {
        var failing = seen.Count == 0 ? 0 : (decimal)seen.Count(sample => sample.Failed) / seen.Count;
        // A line at zero is crossed by the first failure.
        var left =
            criterion.FailingAbove == 0
                ? (failing == 0 ? 1 : 0)
                : Math.Clamp(1 - failing / criterion.FailingAbove, 0, 1);
        return new(criterion.FailingAbove, criterion.ForSeconds, Math.Round(failing, 4), Math.Round(left, 4));
    }
}

public static class SteadyStateEndpoint
{
    public static void Map(IEndpointRouteBuilder runs) =>
        runs.MapGet("/{id:guid}/steady-state", Get)
            .RequireScope("experiments:read")
            .WithSummary("What the probe of a run that goes on sees right now, and the room to its abort lines")
            .Produces<SteadyStateView>()
            .ProducesProblem(404);

    private static IResult Get(Guid id, RunWorker worker, TimeProvider clock) =>
        worker.Watched(id) is { } watched
            ? TypedResults.Ok(Gauging.Of(watched.Run, watched.Samples.During, watched.Samples.Now, clock.GetUtcNow()))
            : Answers.Missing();
}
