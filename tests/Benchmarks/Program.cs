using Steady.Tests.Benchmarks;
using Steady.Tests.Support;

// One question per class; each compares with a raw floor or a peer within the same run.
var benchmarks = new Dictionary<string, Func<Report, Task>>
{
    ["append"] = AppendEvent.Run,
    ["alerts"] = AlertStorm.Run,
    ["alerts-killed"] = AlertsKilled.Run,
    ["paging"] = PageDelay.Run,
    ["latency"] = EventLatency.Run,
    ["burn"] = BurnEvaluation.Run,
    ["counts"] = CountLevelsBenchmark.Run,
    ["exactly-once"] = ExactlyOnce.Run,
    ["faults"] = FaultPath.Run,
    ["other-faults"] = OtherFaults.Run,
    ["kill-points"] = KillPointSuite.Run,
    ["breach"] = BreachToQuiet.Run,
    ["timeline"] = TimelinePage.Run,
    ["timeline-analysis"] = TimelineAnalysis.Run,
    ["timeline-intake"] = TimelineIntake.Run,
    ["timeline-rebuild"] = TimelineRebuild.Run,
    ["timeline-query"] = TimelineQueries.Run,
    ["remote-write"] = RemoteWriteIntake.Run,
    ["outage"] = TotalOutage.Run,
};

Servers.Durable = true;
var asked = args.Length == 0 ? benchmarks.Keys : args.Where(name => name is not "--save");
var report = new Report(save: args.Contains("--save"));
foreach (var name in asked)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        await Console.Error.WriteLineAsync(
            $"There is no benchmark '{name}'. There are: {string.Join(", ", benchmarks.Keys)}."
        );
        return 2;
    }

    report.Begin(name);
    await run(report);
    await report.End();
}

return 0;
