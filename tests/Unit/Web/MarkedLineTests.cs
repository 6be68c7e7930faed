using Steady.Client;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class MarkedLineTests
{
    [Fact]
    public void What_is_wrong_stands_at_its_line_with_the_lines_around_it()
    {
        var text = string.Join('\n', Enumerable.Range(1, 20).Select(i => $"line {i}"));
        var lines = MarkedLine.Of(
            text,
            [new Finding("spec.owner", "is missing.", "a team", 10), new Finding("", "is no YAML.", null, 99)]
        );

        Assert.Equal([8, 9, 10, 11, 12, 18, 19, 20], lines.Select(line => line.Number));
        Assert.Equal(["spec.owner: is missing. Accepted: a team"], lines[2].Wrong);
        Assert.Equal("line 10", lines[2].Text);
        Assert.Equal(["is no YAML."], lines[^1].Wrong);
    }

    [Fact]
    public void What_has_no_line_is_said_of_the_first() =>
        Assert.Equal(["a: b"], MarkedLine.Of("one\ntwo", [new Finding("a", "b")])[0].Wrong);

    [Fact]
    public void Where_nothing_is_wrong_nothing_is_marked() => Assert.Empty(MarkedLine.Of("one", []));
}
