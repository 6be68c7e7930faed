using System.Text;
using Steady.Budgets.Intake;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>OTLP metrics, as protobuf and as JSON.</summary>
public sealed class OtlpTests
{
    private const ulong Second = 1_000_000_000;
    private static readonly ulong Noon = (ulong)Nanos.Of(Book.Noon);

    private static readonly SetSource Counter = new(
        SourceOrigin.Otlp,
        new CounterTerms(
            """{"requests","outcome"="good","resource.service.name"="shop"}""",
            Total: """{"requests","resource.service.name"="shop"}"""
        )
    );

    private static readonly SetSource Latency = new(
        SourceOrigin.Otlp,
        Latency: new LatencyTerms("""{"seconds"}""", 0.3m, "s")
    );

    private static byte[] Sum(int temporality, ulong start, ulong at, long value, string outcome = "good") =>
        Metric(7, "requests", "1", temporality, point => Point(point, 7, start, at, outcome).Fixed(6, (ulong)value));

    private static byte[] Histogram(int temporality, ulong start, ulong at, ulong[] counts, double[] bounds) =>
        Metric(
            9,
            "seconds",
            "s",
            temporality,
            point =>
            {
                Point(point, 9, start, at, "any").Fixed(4, counts.Aggregate((a, b) => a + b));
                point.Bytes(6, [.. counts.SelectMany(BitConverter.GetBytes)]);
                point.Bytes(7, [.. bounds.SelectMany(BitConverter.GetBytes)]);
            }
        );

    private static byte[] Metric(int field, string name, string unit, int temporality, Action<WireWriter> point) =>
        new WireWriter()
            .Message(
                1,
                all =>
                    all.Message(1, r => r.Message(1, a => Attribute(a, "service.name", "shop")))
                        .Message(
                            2,
                            scope =>
                                scope.Message(
                                    2,
                                    metric =>
                                        metric
                                            .Text(1, name)
                                            .Text(3, unit)
                                            .Message(
                                                field,
                                                data =>
                                                    data.Message(1, point).Varint(2, (ulong)temporality).Varint(3, 1)
                                            )
                                )
                        )
            )
            .ToArray();

    private static WireWriter Point(WireWriter point, int attributes, ulong start, ulong at, string outcome) =>
        point.Message(attributes, a => Attribute(a, "outcome", outcome)).Fixed(2, start).Fixed(3, at);

    private static void Attribute(WireWriter attribute, string name, string value) =>
        attribute.Text(1, name).Message(2, any => any.Text(1, value));

    [Fact]
    public void Deltas_add_up_and_a_repeated_one_does_not()
    {
        var book = new Book().With(Counter);
        book.Otlp(Sum(1, Noon, Noon + 10 * Second, 5));
        Assert.Equal(1, book.Otlp(Sum(1, Noon, Noon + 10 * Second, 5)).Duplicates);
        book.Otlp(Sum(1, Noon, Noon + 10 * Second, 2, "bad"));
        book.Restart();
        Assert.Equal(1, book.Otlp(Sum(1, Noon, Noon + 10 * Second, 5)).Duplicates);
        Assert.Equal((5, 2), book.Sum());
    }

    [Fact]
    public void Deltas_in_any_order_are_counted_once_each()
    {
        var book = new Book().With(Counter);
        var points = Enumerable
            .Range(0, 20)
            .Select(i => Sum(1, Noon + (ulong)i * Second, Noon + (ulong)(i + 1) * Second, 1 << i))
            .ToArray();
        var sent = points.Concat(points).ToArray();
        new Random(7).Shuffle(sent);
        foreach (var point in sent)
            book.Otlp(point);
        Assert.Equal(((1 << 20) - 1, 0), book.Sum());
    }

    [Fact]
    public void A_delta_beyond_what_is_remembered_is_refused_and_not_guessed()
    {
        var book = new Book().With(Counter);
        for (var i = 1UL; i <= 40; i++)
            book.Otlp(Sum(1, Noon + i * Second, Noon + (i + 1) * Second, 1));
        Assert.Equal("too-late", book.Otlp(Sum(1, Noon, Noon + Second, 1)).Troubles.All.Single().Reason);
        Assert.Equal((40, 0), book.Sum());
    }

    [Fact]
    public void Cumulative_sums_count_from_their_start_when_that_is_after_the_source_was_set()
    {
        var book = new Book().With(Counter);
        book.Otlp(Sum(2, Noon + Second, Noon + 10 * Second, 5));
        book.Otlp(Sum(2, Noon + Second, Noon + 20 * Second, 8));
        // The process started anew, and is beyond the old value already.
        book.Otlp(Sum(2, Noon + 25 * Second, Noon + 30 * Second, 9));
        book.Otlp(Sum(2, Noon - Second, Noon + 10 * Second, 100, "bad"));
        Assert.Equal((17, 0), book.Sum());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_a_histogram_the_buckets_up_to_the_threshold_are_good(int temporality)
    {
        var book = new Book().With(Latency);
        book.Otlp(Histogram(temporality, Noon, Noon + 10 * Second, [3, 4, 5, 6], [0.1, 0.3, 1]));
        Assert.Equal((7, 11), book.Sum());
    }

    [Fact]
    public void A_threshold_between_the_bounds_is_refused_with_the_bounds()
    {
        var applied = new Book().With(Latency).Otlp(Histogram(1, Noon, Noon + Second, [1, 1, 1], [0.25, 0.5]));
        var (_, reason, _, message) = applied.Troubles.All.Single();
        Assert.Equal("between-bounds", reason);
        Assert.Contains("between 0.25 and 0.5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_unit_than_the_threshold_has_is_refused()
    {
        var book = new Book().With(Latency with { Latency = new LatencyTerms("seconds", 300m, "ms") });
        var applied = book.Otlp(Histogram(1, Noon, Noon + Second, [1, 1], [300]));
        Assert.Equal("unit-differs", applied.Troubles.All.Single().Reason);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(10, 1)]
    [InlineData(7, 0)]
    public void What_is_no_counter_is_refused(int field, int temporality)
    {
        var message = Metric(
            field,
            "requests",
            "1",
            temporality,
            p => Point(p, 7, Noon, Noon + Second, "good").Fixed(6, 1UL)
        );
        Assert.Equal("wrong-kind", new Book().With(Counter).Otlp(message).Troubles.All.Single().Reason);
    }

    // opentelemetry-proto, examples/metrics.json (Apache-2.0), less its descriptions; the second form has 64-bit integers as strings.
    [Theory]
    [InlineData("1544712660300000000", "3", "[1,1,1]")]
    [InlineData("\"1544712660300000000\"", "\"3\"", "[\"1\",\"1\",\"1\"]")]
    public void The_example_of_the_protocol_is_read(string time, string count, string buckets)
    {
        var json = $$$"""
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
             "scopeMetrics":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[
               {"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},
              "metrics":[
               {"name":"my.counter","unit":"1","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[
                 {"asDouble":5,"startTimeUnixNano":{{{time}}},"timeUnixNano":{{{time}}},
                  "attributes":[{"key":"my.counter.attr","value":{"stringValue":"some value"}}]}]}},
               {"name":"my.gauge","unit":"1","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":{{{time}}},
                  "attributes":[{"key":"my.gauge.attr","value":{"stringValue":"some value"}}]}]}},
               {"name":"my.histogram","unit":"1","histogram":{"aggregationTemporality":1,"dataPoints":[
                 {"startTimeUnixNano":{{{time}}},"timeUnixNano":{{{time}}},"count":{{{count}}},"sum":3,
                  "bucketCounts":{{{buckets}}},"explicitBounds":[1],"min":1,"max":1,
                  "attributes":[{"key":"my.histogram.attr","value":{"stringValue":"some value"}}]}]}}]}]}]}
            """;
        var good =
            """{"my.counter","my.counter.attr"="some value","resource.service.name"="my.service","scope.name"="my.library"}""";
        var book = new Book { Now = Nanos.Moment(1_544_712_660_300_000_000).AddSeconds(1) }.With(
            new SetSource(SourceOrigin.Otlp, new CounterTerms(good, Bad: "never"))
        );
        var applied = book.OtlpJson(Encoding.UTF8.GetBytes(json));
        Assert.Equal((5, 0), book.Sum());
        Assert.Equal(0, applied.Troubles.Count);
        // Its histogram has more buckets than its one bound makes: it is read, and refused where it is meant.
        book.With(new SetSource(SourceOrigin.Otlp, Latency: new LatencyTerms("{\"my.histogram\"}", 1)), "slow");
        Assert.Equal("not-a-count", book.OtlpJson(Encoding.UTF8.GetBytes(json)).Troubles.All.Single().Reason);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"resourceMetrics\":7}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":7}]}]}]}")]
    [InlineData("{\"resourceMetrics\"")]
    public void What_is_no_export_is_said_to_be_none(string json) =>
        Assert.Throws<UnreadableException>(() => new Book().With(Counter).OtlpJson(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Deep_json_is_refused()
    {
        var json = $$"""{"resourceMetrics":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";
        Assert.Throws<UnreadableException>(() => new Book().With(Counter).OtlpJson(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_partial_success_and_a_status_are_written_as_the_protocol_says()
    {
        Assert.Equal("0A070802120378797A", Convert.ToHexString(OtlpAnswer.Partial(2, "xyz")));
        Assert.Equal("0803120378797A", Convert.ToHexString(OtlpAnswer.Status(3, "xyz")));
    }
}
