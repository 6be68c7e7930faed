using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Which stretch of a history an address names.</summary>
public sealed class HistorySpanTests
{
    [Fact]
    public void What_an_address_says_is_said_again()
    {
        var stretch = Of(("from", "2026-11-24T08:00"), ("to", "2026-11-24T09:30:00Z"), ("step", "5"));
        Assert.Equal("?from=2026-11-24T08%3A00%3A00Z&to=2026-11-24T09%3A30%3A00Z&step=5", stretch.Query);
        Assert.Equal(300, stretch.StepSeconds);
        Assert.False(stretch.IsUsual);
    }

    [Fact]
    public void What_is_no_stretch_is_the_usual_one()
    {
        var stretch = Of(("from", "soon"), ("to", ""), ("step", "-1"), ("at", "2026-11-24T08:00:00Z"));
        Assert.True(stretch.IsUsual);
        Assert.Equal("", stretch.Query);
        Assert.Null(stretch.StepSeconds);
        Assert.Null(Of(("step", "99999999999")).StepSeconds);
    }

    private static HistorySpan Of(params (string Name, string Value)[] fields) =>
        HistorySpan.Of(new Filled("stretch", fields.ToDictionary(field => field.Name, field => field.Value)));
}
