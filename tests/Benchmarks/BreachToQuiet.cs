using Steady.Contracts.Experiments;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// A fault that breaks everything is brought in: how soon is it out again? In the log, from the breach to the agent's word;
/// in the data path, from the breach to the last request that failed; and end to end, from the first that did.
/// </summary>
public static class BreachToQuiet
{
    public static async Task Run(Report report)
    {
        await using var ground = await KillGround.Start(CancellationToken.None);
        var design = KillPoints.Of("breach", hold: 30, [new Rung(FaultKind.Failure, 100)]).Through(ground.Path1);
        var experiment = await ground.Frozen(
            design with
            {
                Abort = [new AbortCriterion(0.5m, 1)],
            },
            CancellationToken.None
        );
        var (log, quiet, whole) = (new List<double>(), new List<double>(), new List<double>());
        for (var trial = 0; trial < KillPointSuite.Number("STEADY_BREACHES", 100); trial++)
        {
            await using var path = new DataPath(ground.Path1);
            var origin = TimeProvider.System.GetUtcNow() - path.Now;
            var run = (await ground.Begin(experiment, CancellationToken.None))!;
            await ground.AllEnded(CancellationToken.None);
            var breached = (await ground.When(run.Id, "halt_requested", CancellationToken.None))!.Value;
            var reverted = (await ground.When(run.Id, "fault_reverted", CancellationToken.None))!.Value;
            var failed = path.Samples.Where(sample => !sample.Answered).ToList();
            log.Add((reverted - breached).TotalMilliseconds);
            quiet.Add((origin + failed.Max(sample => sample.Ended) - breached).TotalMilliseconds);
            whole.Add((failed.Max(sample => sample.Ended) - failed.Min(sample => sample.Started)).TotalMilliseconds);
        }

        report.Percentiles("Breach → the agent says the fault is out", log);
        report.Percentiles("Breach → last failed request in the data path (bar p99 ≤ 250)", quiet);
        report.Percentiles("First failed request → last one, end to end (bar ≤ 2500)", whole);
    }
}
