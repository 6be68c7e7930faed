using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
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

    [Fact]
    public void A_document_of_another_name_is_noticed_and_one_that_cannot_be_read_is_left_to_the_service()
    {
        Assert.Equal("january", Written.OtherName("december", "name: january\ntitle: x"));
        Assert.Null(Written.OtherName("december", """{"name":"december"}"""));
        Assert.Null(Written.OtherName(null, "name: january"));
        Assert.Null(Written.OtherName("december", "title: x"));
        Assert.Null(Written.OtherName("december", "name: ["));
    }

    [Fact]
    public void What_was_sent_before_is_recognised_however_it_is_written()
    {
        var plan = Experiments.GameDays.Plan;
        var text = PlanWriting.Document(plan);
        Assert.True(Written.Says(text, plan), text);
        Assert.False(Written.Says(text, plan with { Title = "Another" }));
        Assert.Null(Written.Read<GameDayPlan>("agenda: soon"));
    }
}
