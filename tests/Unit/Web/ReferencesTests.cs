using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class ReferencesTests
{
    private const string Id = "01990000-0000-7000-8000-00000000c0de";

    [Theory]
    [InlineData("release-9", "release-9", null)]
    [InlineData("OPS-204", "OPS-204", null)]
    [InlineData("incident review", "incident review", null)]
    [InlineData(Id, "run 01990000", $"/gamedays/{Id}")]
    [InlineData($"incident {Id}", "incident 01990000", $"/incidents/{Id}")]
    public void What_has_a_page_leads_there(string reference, string words, string? href) =>
        Assert.Equal((words, href), References.Of(reference));
}
