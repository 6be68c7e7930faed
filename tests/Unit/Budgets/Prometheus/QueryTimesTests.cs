using Steady.Budgets.Prometheus;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Prometheus;

public sealed class QueryTimesTests
{
    [Theory]
    [InlineData("1435781451.781", "2015-07-01T20:10:51.7810000+00:00")]
    [InlineData("1435781451", "2015-07-01T20:10:51.0000000+00:00")]
    [InlineData("1.4e9", "2014-05-13T16:53:20.0000000+00:00")]
    [InlineData("2015-07-01T20:10:51.781Z", "2015-07-01T20:10:51.7810000+00:00")]
    [InlineData("2015-07-01T22:10:51+02:00", "2015-07-01T20:10:51.0000000+00:00")]
    public void A_moment_is_read_as_clients_write_it(string text, string moment) =>
        Assert.Equal(moment, QueryTimes.Moment("time", text).ToString("O"));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1e300")]
    [InlineData("2015-07-01")]
    public void What_is_no_moment_is_refused(string text)
    {
        var refused = Assert.Throws<QueryException>(() => QueryTimes.Moment("start", text));
        Assert.Equal(
            $"invalid parameter \"start\": cannot parse {QuerySyntax.Quote(text)} to a valid timestamp",
            refused.Message
        );
    }

    [Theory]
    [InlineData("15", 15_000)]
    [InlineData("0.5", 500)]
    [InlineData("1m", 60_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("1w", 604_800_000)]
    public void A_length_is_read_as_clients_write_it(string text, int milliseconds) =>
        Assert.Equal(milliseconds, QueryTimes.Length("step", text).TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("1x")]
    public void What_is_no_length_is_refused(string text) =>
        Assert.Contains(
            "to a valid duration",
            Assert.Throws<QueryException>(() => QueryTimes.Length("step", text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_range_has_both_ends_and_eleven_thousand_steps_at_most()
    {
        var start = DateTimeOffset.UnixEpoch;
        Assert.Equal(3, Steps.Of(start, start.AddSeconds(2), TimeSpan.FromSeconds(1)).Count);
        Assert.Equal(1, Steps.Of(start, start, TimeSpan.FromSeconds(1)).Count);
        Assert.Equal(2, Steps.Of(start, start.AddSeconds(1.9), TimeSpan.FromSeconds(1)).Count);
        Assert.Equal(11_001, Steps.Of(start, start.AddSeconds(11_000), TimeSpan.FromSeconds(1)).Count);
        Assert.Contains("11,000", Refused(11_001, 1), StringComparison.Ordinal);
        Assert.Contains("before start", Refused(-1, 1), StringComparison.Ordinal);
        Assert.Contains("zero or negative", Refused(1, 0), StringComparison.Ordinal);

        string Refused(int end, int step) =>
            Assert
                .Throws<QueryException>(() => Steps.Of(start, start.AddSeconds(end), TimeSpan.FromSeconds(step)))
                .Message;
    }

    [Theory]
    [InlineData(1_700_000_060_500, "1700000060.500")]
    [InlineData(1_700_000_060_000, "1700000060")]
    public void A_moment_is_written_as_prometheus_writes_it(long milliseconds, string text) =>
        Assert.Equal(text, QueryTimes.Text(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)));
}
