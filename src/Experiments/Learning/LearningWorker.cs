using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Learning;

public static class Verifying
{
    /// <summary>Fixed is what a later run of the regression experiment held; nobody's word is needed, and none suffices.</summary>
    public static Decision Decide(Lesson finding, IEnumerable<Run> runs, DateTimeOffset now) =>
        finding.Regression is { } regression
        && finding.VerifiedBy is null
        && runs.Where(run =>
                run.ExperimentId == regression.ExperimentId
                && run is { State: RunState.Concluded, Verdict: Verdict.Held }
                && run.About.StartedAt >= regression.At
            )
            .OrderBy(run => run.EndedAt)
            .FirstOrDefault()
            is { } held
            ? [new FixVerified(finding.About, regression.Name, held.Id, now)]
            : [];
}

/// <summary>Looks every second whether a regression experiment has held.</summary>
public sealed class LearningWorker(
    IDocumentStore store,
    Streams streams,
    TimeProvider clock,
    ILogger<LearningWorker> log
) : RepeatedWorker(TimeSpan.FromSeconds(1), clock, log)
{
    private static readonly Actor Rule = new("rule:fix-verified");

    protected override async Task Look(CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var waiting = await session.QueryAsync<Lesson>(
            "where data ->> 'verifiedBy' is null and data ->> 'regression' is not null",
            stop
        );
        foreach (var finding in waiting)
        {
            var experiment = finding.Regression!.ExperimentId;
            var runs = await session.Query<Run>().Where(run => run.ExperimentId == experiment).ToListAsync(stop);
            var now = Clock.GetUtcNow();
            if (Verifying.Decide(finding, runs, now).Events.Count > 0)
                await streams.Decide<Lesson>(
                    finding.Id,
                    ExpectedVersion.Any,
                    Rule,
                    state => Verifying.Decide(state, runs, now),
                    stop
                );
        }
    }
}
