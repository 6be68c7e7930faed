using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Told customers: **Payments** are _slow_.", "Told customers: Payments are slow.")]
    [InlineData("See [the page](https://status.example/1).", "See the page (https://status.example/1).")]
    [InlineData("Run `drain --all` now", "Run drain --all now")]
    [InlineData("# What we know\n- one\n- two", "What we know\n- one\n- two")]
    [InlineData("checkout_api_v2 took 2 * 3 * 4 s", "checkout_api_v2 took 2 * 3 * 4 s")]
    [InlineData("***really***", "really")]
    [InlineData("a ** b ** c", "a ** b ** c")]
    public void What_is_marked_is_read_without_its_marks(string markdown, string text) =>
        Assert.Equal(text, PlainText.Of(markdown));
}
