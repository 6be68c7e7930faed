using Steady.Incidents.Timeline.Query;
using Xunit;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>What could be typed next.</summary>
public sealed class CompletingTests
{
    [Theory]
    [InlineData("ki", "kind:")]
    [InlineData("kind:alert se", "service:,seenBy:")]
    [InlineData("-se", "service:,seenBy:")]
    [InlineData("(la", "lag>,label.")]
    [InlineData("kind:al", "alert")]
    [InlineData("kind:(alert,de", "deploy,declare,decision,detect")]
    [InlineData("kind:(alert, depl", "deploy")]
    [InlineData("confidence>=", "low,medium,high")]
    [InlineData("confidence!=lo", "low")]
    [InlineData("from:imp", "impactStarted")]
    [InlineData("order:", "occurred,recorded")]
    [InlineData("kind:alert a", "and ")]
    [InlineData("service:", "")]
    [InlineData("nonsense:", "")]
    [InlineData("text:\"ki", "")]
    [InlineData("kind:alert | g", "gaps>10m")]
    [InlineData("kind:alert | first 10 | co", "count by kind")]
    public void Names_values_and_pipes_are_offered_where_they_stand(string text, string offered) =>
        Assert.Equal(
            offered.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            Completing.Complete(text, text.Length).Select(one => one.Text).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_is_offered_takes_the_place_of_the_word_at_the_caret()
    {
        var offer = Assert.Single(Completing.Complete("kind:alrt service:x", "kind:al".Length));
        Assert.Equal(("alert", 5, 4), (offer.Text, offer.Start, offer.Length));
    }

    [Theory]
    [InlineData("servce", "service")]
    [InlineData("gasp", "gaps")]
    [InlineData("knd", "kind")]
    [InlineData("xyz", null)]
    public void The_nearest_name_is_meant(string typed, string? meant) =>
        Assert.Equal(meant, Nearest.Of(typed, ["service", "kind", "gaps", "by", "to"]));
}
