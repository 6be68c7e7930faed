using Steady.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Incidents;

/// <summary>Pages of lists that people change while others read them.</summary>
public sealed class KeyCursorTests
{
    [Fact]
    public void The_next_page_begins_behind_the_last_one_that_was_shown_also_when_that_is_gone()
    {
        string[] all = ["d", "b", "a", "c"];
        var first = KeyCursor.Cut(all, one => one, null, 2)!;
        Assert.Equal(["a", "b"], first.Items);
        Assert.Equal(["c", "d"], KeyCursor.Cut(all, one => one, first.Next, 2)!.Items);
        Assert.Equal(["c"], KeyCursor.Cut(["a", "aa", "c"], one => one, first.Next, 2)!.Items);
        Assert.Null(KeyCursor.Cut(all, one => one, first.Next, 2)!.Next);
        Assert.Null(KeyCursor.Cut(all, one => one, "no cursor!", 2));
        Assert.Empty(KeyCursor.Cut(Array.Empty<string>(), one => one, null, 2)!.Items);
    }
}
