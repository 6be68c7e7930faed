using Steady.Contracts.Budgets;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Documents that people write into a field, as YAML or JSON.</summary>
public sealed class WrittenTests
{
    [Theory]
    [InlineData("origin: otlp\ncounters:\n  good: g\n  total: t\n")]
    [InlineData("""{"origin":"otlp","counters":{"good":"g","total":"t"}}""")]
    public void Either_way_is_understood(string text)
    {
        var (source, wrong) = Written.Of<SetSource>(text, "A source.");
        Assert.Null(wrong);
        Assert.Equal(new SetSource(SourceOrigin.Otlp, new CounterTerms("g", "t")), source);
    }

    [Theory]
    [InlineData("origin: pigeon")]
    [InlineData("origin: [")]
    [InlineData("- a")]
    public void What_is_not_is_told(string text)
    {
        var (source, wrong) = Written.Of<SetSource>(text, "A source.");
        Assert.Null(source);
        Assert.NotEmpty(wrong!);
    }

    [Theory]
    [InlineData("99.95", 0.9995)]
    [InlineData("5 %", 0.05)]
    [InlineData("some", null)]
    [InlineData("", null)]
    public void A_share_is_written_in_per_cent(string text, double? share) =>
        Assert.Equal(
            (decimal?)share,
            new Filled("ask", new Dictionary<string, string> { ["spend"] = text }).Share("spend")
        );
}
