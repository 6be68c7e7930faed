using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>A service that only counts: an objective of its own and pushes that go on until they are answered.</summary>
public sealed class Payments(Platform platform, string service)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly string source = $"{service}-test";
    private long sequence;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Sli => $"{service}-requests";

    /// <summary>An objective of 99.9 %, and an hour in which all went well: 6,000 requests.</summary>
    public async Task Begin()
    {
        await platform.Door.Budgets.Apply(
            $$"""
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: {{service}}-availability }
            spec:
              service: {{service}}
              indicator:
                metadata: { name: {{Sli}} }
                spec: { ratioMetric: { counter: true, good: { metricSource: { type: steady, spec: { counts: good } } }, total: { metricSource: { type: steady, spec: { counts: all } } } } }
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.999 }]
            """,
            stop: Stop
        );
        var minute = Floor(TimeProvider.System.GetUtcNow(), 60);
        await Push([.. Enumerable.Range(1, 60).Select(ago => new CountBucket(minute.AddMinutes(-ago), 60, 100, 0))]);
    }

    /// <summary>Three per cent of the hour fail at once: a page.</summary>
    public Task Fail() => Push([new CountBucket(Floor(TimeProvider.System.GetUtcNow(), 10), 10, 0, 200)]);

    /// <summary>Pushes until it is answered, always under the same sequence, as the shop does.</summary>
    public async Task Push(IReadOnlyList<CountBucket> buckets)
    {
        var batch = new RecordCounts(source, Interlocked.Increment(ref sequence), buckets);
        while (true)
        {
            try
            {
                await platform.Door.Budgets.Record(Sli, batch, Stop);
                return;
            }
            catch (ProblemException down) when (down.Status is 0 or >= 500)
            {
                await Task.Delay(Pause, TimeProvider.System, Stop);
            }
        }
    }

    public Task PushOne(long good) => Push([new CountBucket(Floor(TimeProvider.System.GetUtcNow(), 10), 10, good, 0)]);

    public Task<BudgetStatus> Budget() => platform.Door.Budgets.Budget($"{service}-availability", Stop);

    /// <summary>The incident that the alert declared; there is exactly one, now and after its timeline has settled.</summary>
    public async Task<IncidentView> OnlyIncident()
    {
        var open = await Eventually.Answers(
            () => platform.Door.Incidents.List(service: service, stop: Stop),
            page => page.Items.Count > 0,
            TimeSpan.FromMinutes(1)
        );
        var incident = Assert.Single(open.Items);
        var timeline = await Eventually.Answers(
            () => platform.Door.Incidents.Timeline(incident.Id.ToString(), limit: 500, stop: Stop),
            page =>
                page.Items.Any(e => e.Kind == "burn-alert-opened") && page.Items.Any(e => e.Kind == "incident-declared")
        );
        Assert.Single(timeline.Items, e => e.Kind == "incident-declared");
        Assert.Equal(timeline.Items.Count, timeline.Items.DistinctBy(e => e.Id).Count());
        return incident;
    }

    private static DateTimeOffset Floor(DateTimeOffset at, int seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / seconds * seconds);
}
