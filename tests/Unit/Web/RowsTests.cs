using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class RowsTests
{
    [Theory]
    [InlineData(0, 1, "0 entries")]
    [InlineData(27, 1, "27 entries")]
    [InlineData(500, 1, "500 entries")]
    [InlineData(1_280, 1, "1 to 500 of 1,280 entries")]
    [InlineData(1_280, 501, "501 to 1,000 of 1,280 entries")]
    [InlineData(1_280, 1_001, "1,001 to 1,280 of 1,280 entries")]
    [InlineData(1_280, 777, "501 to 1,000 of 1,280 entries")]
    [InlineData(1_280, 9_999, "1,001 to 1,280 of 1,280 entries")]
    [InlineData(1_280, -5, "1 to 500 of 1,280 entries")]
    [InlineData(1_280, int.MinValue, "1 to 500 of 1,280 entries")]
    public void A_page_says_which_rows_it_lists(int all, int from, string said) =>
        Assert.Equal(said, Rows.Of(all, more: false, from).Text);

    [Fact]
    public void Who_follows_the_links_meets_every_row_once()
    {
        var seen = new List<int>();
        for (int? from = 1; from is not null; )
        {
            var rows = Rows.Of(1_280, more: false, from.Value);
            seen.AddRange(Enumerable.Range(rows.First, rows.Last - rows.First + 1));
            from = rows.Later;
        }

        Assert.Equal(Enumerable.Range(1, 1_280), seen);
        Assert.Equal(501, Rows.Of(1_280, more: false, 1_001).Earlier);
        Assert.Null(Rows.Of(1_280, more: false, 1).Earlier);
    }

    [Fact]
    public void A_list_that_was_cut_says_so() =>
        Assert.Equal("1 to 500 of more than 10,000 entries", Rows.Of(10_000, more: true, 1).Text);
}
