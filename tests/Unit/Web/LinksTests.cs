using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>What strangers send leads nowhere but to pages of the web.</summary>
public sealed class LinksTests
{
    [Theory]
    [InlineData("https://runbooks.example/queue?a=1#now", "https://runbooks.example/queue?a=1#now")]
    [InlineData("http://prometheus.example/graph", "http://prometheus.example/graph")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,<script>alert(1)</script>", null)]
    [InlineData("//runbooks.example", null)]
    [InlineData("/settings", null)]
    [InlineData("See https://runbooks.example", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_an_address_of_the_web_is_a_link(string? text, string? link) => Assert.Equal(link, Links.Of(text));
}
