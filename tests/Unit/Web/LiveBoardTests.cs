using Steady.Web.Live;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class LiveBoardTests
{
    private readonly LiveBoard board = new("life", ["budgets", "incidents"]);

    [Fact]
    public void A_new_browser_is_told_where_it_begins_and_who_is_not_heard()
    {
        board.Hear("budgets", heard: true);

        var first = Assert.Single(Read(board.Sit(null)));

        Assert.Equal(("life-0", "state"), (first.Id, first.Kind));
        Assert.Equal(["incidents"], first.Lost);
    }

    [Fact]
    public void Everybody_who_listens_is_told_and_counted()
    {
        using var one = board.Sit(null);
        using var two = board.Sit(null);
        board.Sit(null).Dispose();

        Assert.Equal(2, board.Announce("incidents.incident-declared"));
        Assert.Equal("incidents.incident-declared", Read(one)[^1].Type);
        Assert.Equal("life-1", Read(two)[^1].Id);
    }

    [Fact]
    public void Who_comes_back_misses_nothing_and_hears_nothing_twice()
    {
        for (var i = 1; i <= 5; i++)
            board.Announce($"type-{i}");

        Assert.Equal(["type-4", "type-5"], Read(board.Sit("life-3")).Where(i => i.Kind == "event").Select(i => i.Type));
        Assert.DoesNotContain(Read(board.Sit("life-5")), i => i.Kind != "state");
    }

    [Theory]
    [InlineData("other-3")]
    [InlineData("life-99")]
    [InlineData("nonsense")]
    public void Who_comes_back_from_another_life_reads_its_page_anew(string lastSeen)
    {
        board.Announce("type");

        Assert.Equal(["state", "reload"], Read(board.Sit(lastSeen)).Select(i => i.Kind));
    }

    [Fact]
    public void Who_was_away_too_long_reads_its_page_anew()
    {
        for (var i = 0; i <= LiveBoard.Kept + 1; i++)
            board.Announce("type");

        Assert.Equal("reload", Read(board.Sit("life-1"))[^1].Kind);
        Assert.Equal(LiveBoard.Kept + 1, Read(board.Sit("life-2")).Count);
    }

    [Fact]
    public void Who_does_not_read_is_cut_off_and_holds_nobody_up()
    {
        using var slow = board.Sit(null);
        var told = 1;
        for (var i = 0; told > 0 && i < 10_000; i++)
            told = board.Announce("type");

        Assert.Equal(0, told);
        Read(slow);
        Assert.True(slow.Items.Completion.IsCompleted);
    }

    private static List<LiveItem> Read(Seat seat)
    {
        var items = new List<LiveItem>();
        while (seat.Items.TryRead(out var item))
            items.Add(item);
        return items;
    }
}
