using Steady.FaultAgent.Proxy;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

public sealed class ToxicShapeTests
{
    [Theory]
    [InlineData(0, 75)]
    [InlineData(0.5, 100)]
    [InlineData(0.75, 112.5)]
    public void Latency_falls_evenly_on_both_sides_of_its_middle(double draw, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new ToxicShape.Latency(100, 25).Delay(draw));

    [Fact]
    public void Jitter_larger_than_the_latency_never_makes_data_arrive_before_it_was_sent() =>
        Assert.Equal(TimeSpan.Zero, new ToxicShape.Latency(10, 100).Delay(0));

    [Fact]
    public void Bandwidth_takes_a_second_for_its_rate_and_sends_a_tenth_of_it_at_a_time()
    {
        var bandwidth = new ToxicShape.Bandwidth(64);
        Assert.Equal(TimeSpan.FromSeconds(1), bandwidth.TimeFor(64_000));
        Assert.Equal(6_400, bandwidth.PieceBytes);
    }

    [Theory]
    [InlineData(0, 75)]
    [InlineData(0.5, 100)]
    [InlineData(0.99, 124)]
    public void Slices_vary_evenly_around_their_average(double draw, int bytes) =>
        Assert.Equal(bytes, new ToxicShape.Slicer(100, 25, 0).PieceBytes(draw));

    [Fact]
    public void A_slice_has_a_byte_at_least() => Assert.Equal(1, new ToxicShape.Slicer(10, 100, 0).PieceBytes(0));

    [Theory]
    [InlineData(0, 40, 40)]
    [InlineData(80, 40, 20)]
    [InlineData(100, 40, 0)]
    [InlineData(150, 40, 0)]
    public void A_limit_of_100_bytes_allows_what_is_left_of_it(long passed, int bytes, int allowed) =>
        Assert.Equal(allowed, new ToxicShape.LimitData(100).Allows(passed, bytes));

    [Theory]
    [InlineData("packet_loss", null, 0, "unknown")]
    [InlineData("slicer", "size_variation", 3, "average_size of slicer is 0; 1 to")]
    [InlineData("latency", "latency", -1, "0 to")]
    [InlineData("latency", "latency", ToxicShape.Most + 1, "0 to")]
    [InlineData("bandwidth", "rate", 0, "1 to")]
    [InlineData("latency", "delay", 1, "no attribute delay; it has latency and jitter")]
    public void What_cannot_be_applied_is_refused_with_what_can(string type, string? name, long value, string sentence)
    {
        var (shape, error) = ToxicShape.Parse(
            type,
            name is null ? null : new Dictionary<string, long> { [name] = value }
        );
        Assert.Null(shape);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latency")]
    [InlineData("timeout")]
    [InlineData("reset_peer")]
    [InlineData("limit_data")]
    [InlineData("slow_close")]
    public void Attributes_left_out_are_zero_and_the_kinds_are_known_by_name(string type)
    {
        var (shape, error) = ToxicShape.Parse(type, null);
        Assert.Null(error);
        Assert.All(shape!.Attributes, attribute => Assert.Equal(0, attribute.Value));
        Assert.True(ToxicShape.IsType(type));
    }

    [Fact]
    public void Chance_is_the_same_for_the_same_seed_and_close_to_the_toxicity_over_many_connections()
    {
        var hits = Enumerable.Range(0, 10_000).Where(connection => new Chance(7).Hits(0.3, 1, connection)).ToList();
        Assert.Equal(hits, Enumerable.Range(0, 10_000).Where(connection => new Chance(7).Hits(0.3, 1, connection)));
        Assert.InRange(hits.Count, 2_800, 3_200);
        Assert.DoesNotContain(Enumerable.Range(0, 1000), connection => new Chance(7).Hits(0, 1, connection));
        Assert.All(Enumerable.Range(0, 1000), connection => Assert.True(new Chance(7).Hits(1, 1, connection)));
    }
}
