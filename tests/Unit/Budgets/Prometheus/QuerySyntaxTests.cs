using System.Diagnostics;
using CsCheck;
using Steady.Budgets.Prometheus;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Prometheus;

public sealed class QuerySyntaxTests
{
    private static readonly Dictionary<string, string> Series = new()
    {
        ["__name__"] = "slo_burn_rate",
        ["objective"] = "checkout",
        ["window"] = "5m",
    };

    [Theory]
    [InlineData("slo_burn_rate", true)]
    [InlineData(" slo_burn_rate { } ", true)]
    [InlineData("""slo_burn_rate{objective="checkout"}""", true)]
    [InlineData("""slo_burn_rate{objective = 'checkout' , window=`5m`,}""", true)]
    [InlineData("""{__name__="slo_burn_rate"}""", true)]
    [InlineData("""{__name__=~"slo_.+",window!="1h"}""", true)]
    [InlineData("""slo_burn_rate{window=~"5m|1h"}""", true)]
    [InlineData("""slo_burn_rate{window=~"5"}""", false)]
    [InlineData("""slo_burn_rate{window=~"m"}""", false)]
    [InlineData("""slo_burn_rate{window!~"5"}""", true)]
    [InlineData("""slo_burn_rate{severity=""}""", true)]
    [InlineData("""slo_burn_rate{severity=~".*"}""", true)]
    [InlineData("""slo_burn_rate{severity=~".+"}""", false)]
    [InlineData("""slo_burn_rate{severity!=""}""", false)]
    [InlineData("slo_target", false)]
    [InlineData("""slo_burn_rate{objective="check\"out"}""", false)]
    public void A_selector_takes_what_prometheus_takes(string text, bool taken) =>
        Assert.Equal(taken, QuerySyntax.Read(text).Selector!.Accepts(Series));

    [Theory]
    [InlineData("1+1", 2, false)]
    [InlineData(" 1 + 1 + 40 ", 42, false)]
    [InlineData("vector(1)", 1, true)]
    [InlineData("vector( 0.5 )", 0.5, true)]
    public void What_clients_probe_with_is_answered(string text, decimal number, bool asVector) =>
        Assert.Equal(new Query(null, number, asVector), QuerySyntax.Read(text));

    [Theory]
    [InlineData("", "no expression found in input")]
    [InlineData("sum(slo_burn_rate)", "1:4: parse error: unexpected \"(\"")]
    [InlineData("slo_burn_rate[5m]", "1:14: parse error: unexpected \"[\"")]
    [InlineData("slo_burn_rate offset 5m", "unexpected \"o\"")]
    [InlineData("slo_burn_rate > 1", "unexpected \">\"")]
    [InlineData("slo_burn_rate or vector(0)", "unexpected \"o\"")]
    [InlineData("slo_burn_rate{window<\"5m\"}", "one of =, !=, =~, !~ is expected")]
    [InlineData("slo_burn_rate{window=5}", "a quoted value is expected")]
    [InlineData("slo_burn_rate{window=\"5m", "unterminated quoted string")]
    [InlineData("slo_burn_rate{window=\"5m\"", "\"}\" is expected")]
    [InlineData("slo_burn_rate{window=\"5m\" objective=\"x\"}", "\"}\" is expected")]
    [InlineData("slo_burn_rate{1=\"5m\"}", "a label name is expected")]
    [InlineData("slo_burn_rate{window=\"\\d\"}", "are escaped")]
    [InlineData("{}", "at least one non-empty matcher")]
    [InlineData("{window=~\".*\"}", "at least one non-empty matcher")]
    [InlineData("slo_target{a=~\"(\"}", "is no pattern that is accepted")]
    [InlineData("slo_target{a=~\"x)|(y\"}", "is no pattern that is accepted")]
    [InlineData("slo_target{a=~\"(?=x)x\"}", "is no pattern that is accepted")]
    [InlineData("slo_target{a=~\"(x)\\\\1\"}", "is no pattern that is accepted")]
    public void Anything_else_is_refused_and_the_answer_says_what_is_accepted(string text, string message)
    {
        var refused = Assert.Throws<QueryException>(() => QuerySyntax.Read(text));
        Assert.Equal((400, "bad_data"), (refused.Status, refused.ErrorType));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_questions_and_patterns_are_refused()
    {
        Assert.Throws<QueryException>(() => QuerySyntax.Read(new string('a', QuerySyntax.Longest + 1)));
        Assert.Throws<QueryException>(() =>
            QuerySyntax.Read($$"""a{b=~"{{new string('a', Matcher.LongestPattern + 1)}}"}""")
        );
        Assert.Throws<QueryException>(() =>
            QuerySyntax.Read($"a{{{string.Join(',', Enumerable.Repeat("b=\"c\"", 31))}}}")
        );
        Assert.Throws<QueryException>(() => QuerySyntax.Read("""a{b=~"((a{1000}){1000}){1000}"}"""));
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
    {
        var selector = QuerySyntax.Read("""a{b=~"(a*)*(a*)*c"}""").Selector!;
        var watch = Stopwatch.StartNew();
        Assert.False(
            selector.Accepts(new Dictionary<string, string> { ["__name__"] = "a", ["b"] = new string('a', 50_000) })
        );
        // Backtracking would take longer than anybody waits.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void Whatever_comes_is_answered_or_refused_and_nothing_else() =>
        Gen.OneOf(Gen.String, Gen.String["slo_target{}=~!\"'`\\,()[] a1:+.\n"])
            .Sample(text =>
            {
                try
                {
                    _ = QuerySyntax.Read(text);
                }
                catch (QueryException refused)
                {
                    Assert.Equal("bad_data", refused.ErrorType);
                }
            });
}
