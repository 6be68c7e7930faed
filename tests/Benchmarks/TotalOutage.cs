using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// After six hours without a failure every request fails: how long until the page is open, as a reader of the API sees it?
/// The rule itself needs 51.84 s (14.4 · 0.001 · 1 h) until enough has failed. Bar: 15 s more.
/// </summary>
public static class TotalOutage
{
    private const int PerSecond = 10;
    private const double Rule = 51.84;
    private const string Document = """
        {"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":"outage"},"spec":{"service":"checkout",
         "indicatorRef":"outage","timeWindow":[{"duration":"30d","isRolling":true}],"budgetingMethod":"Occurrences",
         "objectives":[{"target":0.999}]}}
        """;

    public static async Task Run(Report report)
    {
        await using var budgets = await ServiceProcess.Start("Budgets", "outage");
        var client = budgets.Client;
        var content = new StringContent(Document, new MediaTypeHeaderValue("application/json"));
        (await client.PostAsync("v1/objectives", content)).EnsureSuccessStatusCode();
        var begun = Ten();
        await Record(
            client,
            [
                .. Enumerable
                    .Range(1, 6 * 360)
                    .Select(i => new CountBucket(begun.AddSeconds(-10 * i), 10, 10 * PerSecond, 0)),
            ],
            1
        );

        var outage = Stopwatch.StartNew();
        for (var second = 1; ; second++)
        {
            // A second's failures are told when it is over.
            var next = TimeSpan.FromSeconds(second) - outage.Elapsed;
            if (next > TimeSpan.Zero)
                await Task.Delay(next, TimeProvider.System);
            await Record(client, [new CountBucket(Ten(), 10, 0, PerSecond)], second + 1);
            var told = Stopwatch.GetTimestamp();
            var status = await client.GetFromJsonAsync<BudgetStatus>("v1/budgets/outage", Json.Options);
            if (status!.Alerts.Any(alert => alert.Severity == BurnSeverity.Page))
            {
                report.Line(
                    FormattableString.Invariant(
                        $"{PerSecond} requests a second, told every second: open {outage.Elapsed.TotalSeconds:F1} s after the first failure, {outage.Elapsed.TotalSeconds - Rule:F1} s after the rule could be met (bar 15 s); read {Stopwatch.GetElapsedTime(told).TotalMilliseconds:F0} ms after the counts that tipped it were answered"
                    )
                );
                return;
            }
        }
    }

    private static DateTimeOffset Ten() =>
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 10 * 10);

    private static async Task Record(HttpClient client, IReadOnlyList<CountBucket> buckets, long sequence)
    {
        var counts = new RecordCounts("outage", sequence, buckets);
        (await client.PostAsJsonAsync("v1/slis/outage/counts", counts, Json.Options)).EnsureSuccessStatusCode();
    }
}
