using System.Diagnostics;
using System.Text;
using CsCheck;
using Steady.Budgets.Intake;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>Whatever bytes come, a reader answers in little time with what it read or with a sentence, and never breaks.</summary>
public sealed class HostileTests
{
    private static readonly byte[] One = RemoteWriteBody.One(Series());
    private static readonly byte[] Two = RemoteWriteBody.Two(Series());
    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
         "scopeMetrics":[{"scope":{"name":"lib"},"metrics":[{"name":"r","unit":"1","sum":{"aggregationTemporality":2,
          "isMonotonic":true,"dataPoints":[{"asInt":"5","startTimeUnixNano":"1764064790000000000",
           "timeUnixNano":"1764064800000000000","attributes":[{"key":"code","value":{"intValue":"200"}}]}]}},
          {"name":"s","histogram":{"aggregationTemporality":1,"dataPoints":[{"count":3,"bucketCounts":["1","2"],
           "explicitBounds":[0.3],"timeUnixNano":1764064800000000000}]}}]}]}]}
        """
    );

    private static readonly byte[] Protobuf = new WireWriter()
        .Message(
            1,
            all =>
                all.Message(1, r => r.Message(1, a => a.Text(1, "k").Message(2, v => v.Text(1, "v"))))
                    .Message(
                        2,
                        scope =>
                            scope
                                .Message(1, s => s.Text(1, "lib"))
                                .Message(
                                    2,
                                    m =>
                                        m.Text(1, "r")
                                            .Message(
                                                7,
                                                d =>
                                                    d.Message(1, p => p.Fixed(2, 5UL).Fixed(3, 9UL).Fixed(6, 4UL))
                                                        .Varint(2, 1)
                                                        .Varint(3, 1)
                                            )
                                )
                    )
        )
        .ToArray();

    private static WrittenSeries[] Series() =>
        [
            WrittenSeries.Of("""r{code="200",job="shop"}""", Book.Noon, 5),
            WrittenSeries.Of("""r{code="500",job="shop"}""", Book.Noon, 1, Book.Noon),
            WrittenSeries.Of("""s_bucket{le="0.3"}""", Book.Noon, 1),
            WrittenSeries.Of("""s_bucket{le="+Inf"}""", Book.Noon, 2),
        ];

    private static Book Target(SourceOrigin origin) =>
        new Book(50)
            .With(new SetSource(origin, new CounterTerms("""r{code!~"5.."}""", Total: "r")))
            .With(new SetSource(origin, Latency: new LatencyTerms("s", 0.3m)), "slow");

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("otlp")]
    [InlineData("json")]
    [InlineData("snappy")]
    public void Mutated_requests_are_read_or_refused(string format)
    {
        var (valid, origin) = format switch
        {
            "one" => (One, SourceOrigin.RemoteWrite),
            "two" => (Two, SourceOrigin.RemoteWrite),
            "otlp" => (Protobuf, SourceOrigin.Otlp),
            "json" => (Json, SourceOrigin.Otlp),
            _ => (Snappier.Snappy.CompressToArray(One), SourceOrigin.RemoteWrite),
        };
        var book = Target(origin);
        Mutations(valid)
            .Sample(
                bytes =>
                {
                    var watch = Stopwatch.StartNew();
                    try
                    {
                        book.Take(delivery => Read(format, bytes, book.Of(origin), delivery));
                    }
                    catch (Exception e) when (e is UnreadableException or BodyTooLargeException)
                    {
                        Assert.NotEmpty(e.Message);
                    }

                    Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{bytes.Length} bytes took {watch.Elapsed}");
                },
                iter: 5000,
                threads: 1
            );
    }

    [Fact]
    public void Absurd_labels_are_refused_series_by_series()
    {
        var book = Target(SourceOrigin.RemoteWrite);
        var many = new Dictionary<string, string> { ["__name__"] = "r" };
        for (var i = 0; i < 1000; i++)
            many[$"l{i}"] = "v";
        var applied = book.Take(delivery =>
        {
            var request = RemoteWriteBody.One(
                new WrittenSeries(many, [new(Millis, 1)]),
                new WrittenSeries(
                    new Dictionary<string, string> { ["__name__"] = "r", ["l"] = new('v', 100_000) },
                    [new(Millis, 1)]
                ),
                new WrittenSeries(new Dictionary<string, string> { ["code"] = "200" }, [new(Millis, 1)]),
                WrittenSeries.Of("""r{code="200"}""", Book.Noon, 1)
            );
            RemoteWrite.ReadOne(request, book.Of(SourceOrigin.RemoteWrite), delivery);
            Assert.Equal((3, "labels-invalid"), (delivery.Troubles.Count, delivery.Troubles.All.Single().Reason));
        });
        Assert.Equal(1, applied.Counted);
    }

    [Fact]
    public void A_label_that_comes_twice_or_is_no_text_is_refused()
    {
        var request = new WireWriter()
            .Message(1, s => Twice(s).Message(2, one => one.Fixed(1, 1.0).Varint(2, 5)))
            .Message(
                1,
                s => s.Message(1, l => l.Text(1, "__name__").Bytes(2, [0xff])).Message(2, one => one.Varint(2, 5))
            );
        var delivery = new Delivery();
        RemoteWrite.ReadOne(request.ToArray(), Target(SourceOrigin.RemoteWrite).Of(SourceOrigin.RemoteWrite), delivery);
        Assert.Equal(2, delivery.Troubles.Count);

        static WireWriter Twice(WireWriter series) =>
            series
                .Message(1, l => l.Text(1, "__name__").Text(2, "r"))
                .Message(1, l => l.Text(1, "__name__").Text(2, "r"));
    }

    [Fact]
    public void Series_without_end_that_nobody_means_cost_bounded_memory()
    {
        var routing = Target(SourceOrigin.RemoteWrite).Of(SourceOrigin.RemoteWrite);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 700_000; i++)
            routing.Find(LabelBytes.Of([new("__name__", "x"), new("i", i.ToString("D8", null) + new string('v', 60))]));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 200_000_000);
        GC.KeepAlive(routing);
    }

    [Fact]
    public void A_request_may_not_bring_more_samples_than_any_sender_does()
    {
        var series = new WireWriter().Message(1, l => l.Text(1, "__name__").Text(2, "r"));
        for (var i = 0; i <= Delivery.MostSamples; i++)
            series.Message(2, one => one.Varint(2, 5));
        var request = new WireWriter().Bytes(1, series.ToArray()).ToArray();
        var routing = Target(SourceOrigin.RemoteWrite).Of(SourceOrigin.RemoteWrite);
        Assert.Throws<TooManySamplesException>(() => RemoteWrite.ReadOne(request, routing, new Delivery()));
    }

    private static long Millis => Book.Noon.ToUnixTimeMilliseconds();

    private static void Read(string format, byte[] bytes, Routing routing, Delivery delivery)
    {
        switch (format)
        {
            case "one":
                RemoteWrite.ReadOne(bytes, routing, delivery);
                break;
            case "two":
                RemoteWrite.ReadTwo(bytes, routing, delivery);
                break;
            case "otlp":
                OtlpProtobuf.Read(bytes, routing, delivery);
                break;
            case "json":
                Steady.Budgets.Intake.OtlpJson.Read(bytes, routing, delivery);
                break;
            default:
                var opened = new byte[SnappyBlock.Length(bytes, 1_000_000)];
                SnappyBlock.Open(bytes, opened);
                RemoteWrite.ReadOne(opened, routing, delivery);
                break;
        }
    }

    // Bytes changed, cut out, repeated or put in: small steps from what is valid reach deeper than noise.
    private static Gen<byte[]> Mutations(byte[] valid) =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Int[1, 12])
            .Array[1, 8]
            .Select(steps =>
            {
                var bytes = valid.ToList();
                foreach (var (how, place, value, length) in steps)
                {
                    var at = Math.Min(place, Math.Max(bytes.Count - 1, 0));
                    var span = Math.Min(length, bytes.Count - at);
                    if (how == 0 && bytes.Count > 0)
                        bytes[at] = value;
                    else if (how == 1)
                        bytes.RemoveRange(at, span);
                    else if (how == 2)
                        bytes.InsertRange(at, bytes.GetRange(at, span));
                    else
                        bytes.Insert(at, value);
                }

                return bytes.ToArray();
            });
}
