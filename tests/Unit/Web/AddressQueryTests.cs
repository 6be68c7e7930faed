using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class AddressQueryTests
{
    [Fact]
    public void What_has_no_value_is_left_out()
    {
        Assert.Equal("", AddressQuery.Of(("status", null)));
        Assert.Equal("?after=7", AddressQuery.Of(("status", null), ("after", "7")));
        Assert.Equal("?status=&after=7", AddressQuery.Of(("status", ""), ("after", "7")));
    }

    [Fact]
    public void What_people_write_is_escaped_and_moments_stay_readable() =>
        Assert.Equal(
            "?q=a%26b%3Dc%20d&at=2026-11-30T21:00:00Z",
            AddressQuery.Of(("q", "a&b=c d"), ("at", "2026-11-30T21:00:00Z"))
        );
}
