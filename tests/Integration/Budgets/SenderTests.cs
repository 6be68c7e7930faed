using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Real senders against the real service: what they counted is what is counted, to the last one.</summary>
public sealed class SenderTests(BudgetsProcess budgets) : IClassFixture<BudgetsProcess>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_prometheus_reads_is_counted_exactly_though_budgets_is_killed_meanwhile()
    {
        PrometheusServer.Program("prometheus");
        var ratio = new CounterTerms(
            """shop_requests_total{job="shop",code!~"5.."}""",
            Total: """shop_requests_total{job="shop"}"""
        );
        await budgets.Define("scraped", new SetSource(SourceOrigin.RemoteWrite, ratio));
        await budgets.Define(
            "timed",
            new SetSource(SourceOrigin.RemoteWrite, Latency: new LatencyTerms("shop_seconds", 0.3m))
        );
        await using var shop = await CountedShop.Start();
        // Counted before anybody watched: no part of the budget.
        shop.Count("200", 1000);
        shop.Count("500", 7, seconds: 2);
        await using var prometheus = await SendingPrometheus.Start(shop, budgets, Stop);
        await Eventually.Holds(
            async () => (await budgets.Source("scraped")).Series == 2 && (await budgets.Source("timed")).Series == 1,
            "series being counted",
            TimeSpan.FromSeconds(60)
        );
        var seen = (await budgets.Source("scraped")).LastSampleAt;
        await Eventually.Holds(
            async () => (await budgets.Source("scraped")).LastSampleAt >= seen!.Value.AddSeconds(2),
            "two more scrapes",
            TimeSpan.FromSeconds(60)
        );

        var (good, bad, slow) = await Serve(shop);

        await Eventually.Holds(
            async () => await budgets.Counted("scraped") == (good, bad),
            $"{good} good and {bad} bad ones",
            TimeSpan.FromSeconds(60)
        );
        await Eventually.Holds(
            async () => await budgets.Counted("timed") == (good + bad - slow, slow),
            $"{slow} slow ones",
            TimeSpan.FromSeconds(60)
        );
        Assert.Empty((await budgets.Source("scraped")).Refused);
        Assert.Empty((await budgets.Source("timed")).Refused);
    }

    [Theory]
    [InlineData(MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(MetricReaderTemporalityPreference.Delta)]
    public async Task What_an_opentelemetry_sdk_counts_is_counted_exactly(MetricReaderTemporalityPreference temporality)
    {
        var name = $"sdk-{temporality}".ToLowerInvariant();
        var requests = $"{name}.requests";
        string Selector(string matchers) => $$"""{"{{requests}}","resource.service.name"="{{name}}"{{matchers}}}""";
        await budgets.Define(
            name,
            new SetSource(
                SourceOrigin.Otlp,
                new CounterTerms(Selector(""","outcome"="good" """.Trim()), Total: Selector(""))
            )
        );
        await budgets.Define(
            $"{name}-slow",
            new SetSource(SourceOrigin.Otlp, Latency: new LatencyTerms($$"""{"{{name}}.seconds"}""", 0.3m, "s"))
        );
        using var meter = new Meter(name);
        using var provider = Provider(name, temporality);
        var counter = meter.CreateCounter<long>(requests);
        var seconds = meter.CreateHistogram<double>($"{name}.seconds", "s");
        for (var round = 1; round <= 5; round++)
        {
            counter.Add(100 * round, new KeyValuePair<string, object?>("outcome", "good"));
            counter.Add(round, new KeyValuePair<string, object?>("outcome", "bad"));
            for (var i = 0; i < 10; i++)
                seconds.Record(i < 8 ? 0.3 : 0.31, new KeyValuePair<string, object?>("route", round % 2));
            Assert.True(provider.ForceFlush(30_000));
        }

        Assert.Equal((1500, 15), await budgets.Counted(name));
        Assert.Equal((40, 10), await budgets.Counted($"{name}-slow"));
        Assert.Empty((await budgets.Source(name)).Refused);
    }

    [Fact]
    public async Task Two_processes_that_take_the_same_samples_count_them_once()
    {
        await budgets.Define(
            "pair",
            new SetSource(SourceOrigin.RemoteWrite, new CounterTerms("pair_total{code=\"200\"}", Total: "pair_total"))
        );
        await using var twin = await budgets.Twin();
        await Eventually.Holds(async () => (await twin.Source("pair")).Enabled, "the other process knowing the source");
        var begin = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        for (var i = 0; i <= 100; i++)
        {
            var request = RemoteWriteBody.One(
                WrittenSeries.Of("pair_total{code=\"200\"}", begin.AddSeconds(i), 3 * i),
                WrittenSeries.Of("pair_total{code=\"500\"}", begin.AddSeconds(i), i)
            );
            var both = new[] { budgets, twin }.Select(one =>
                one.Ana.PostAsync("api/v1/write", RemoteWriteBody.Content(request), Stop)
            );
            foreach (var answer in await Task.WhenAll(both))
                answer.EnsureSuccessStatusCode();
        }

        Assert.Equal((300, 100), await budgets.Counted("pair"));
    }

    // A few seconds of traffic; in the middle Budgets dies at once and is started again.
    private async Task<(long Good, long Bad, long Slow)> Serve(CountedShop shop)
    {
        var (good, bad, slow) = (0L, 0L, 0L);
        var random = new Random(11);
        for (var i = 0; i < 80; i++)
        {
            var (fine, failed, late) = (random.Next(50), random.Next(3), random.Next(4));
            shop.Count("200", fine);
            // A counter that is not there before the first failure.
            shop.Count("503", failed);
            shop.Count("200", late, seconds: 0.5);
            (good, bad, slow) = (good + fine + late, bad + failed, slow + late);
            if (i == 40)
            {
                await budgets.Kill();
                shop.Count("200", 5);
                good += 5;
                await budgets.Start();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        return (good, bad, slow);
    }

    private MeterProvider Provider(string name, MetricReaderTemporalityPreference temporality) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(name))
            .AddMeter(name)
            .AddView($"{name}.seconds", new ExplicitBucketHistogramConfiguration { Boundaries = [0.1, 0.3, 1] })
            .AddOtlpExporter(
                (exporter, reader) =>
                {
                    exporter.Endpoint = new Uri(budgets.Address, "v1/metrics");
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    exporter.Headers = $"Authorization=Bearer {budgets.Token}";
                    reader.TemporalityPreference = temporality;
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 3_600_000;
                }
            )
            .Build();
}
