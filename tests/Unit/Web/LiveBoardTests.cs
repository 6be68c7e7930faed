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

        var first = Assert.Single(Read(board.Sit(null, Nobody)));

        Assert.Equal(("life-0", "state"), (first.Id, first.Kind));
        Assert.Equal(["incidents"], first.Lost);
    }

    [Fact]
    public void Everybody_who_listens_is_told_and_counted()
    {
        using var one = board.Sit(null, Nobody);
        using var two = board.Sit(null, Nobody);
        board.Sit(null, Nobody).Dispose();

        Assert.Equal(2, board.Announce("incidents.incident-declared"));
        Assert.Equal("incidents.incident-declared", Read(one)[^1].Type);
        Assert.Equal("life-1", Read(two)[^1].Id);
    }

    [Fact]
    public void Who_comes_back_misses_nothing_and_hears_nothing_twice()
    {
        for (var i = 1; i <= 5; i++)
            board.Announce($"type-{i}");

        Assert.Equal(
            ["type-4", "type-5"],
            Read(board.Sit("life-3", Nobody)).Where(i => i.Kind == "event").Select(i => i.Type)
        );
        Assert.DoesNotContain(Read(board.Sit("life-5", Nobody)), i => i.Kind != "state");
    }

    [Theory]
    [InlineData("other-3")]
    [InlineData("life-99")]
    [InlineData("nonsense")]
    public void Who_comes_back_from_another_life_reads_its_page_anew(string lastSeen)
    {
        board.Announce("type");

        Assert.Equal(["state", "reload"], Read(board.Sit(lastSeen, Nobody)).Select(i => i.Kind));
    }

    [Fact]
    public void Who_was_away_too_long_reads_its_page_anew()
    {
        for (var i = 0; i <= LiveBoard.Kept + 1; i++)
            board.Announce("type");

        Assert.Equal("reload", Read(board.Sit("life-1", Nobody))[^1].Kind);
        Assert.Equal(LiveBoard.Kept + 1, Read(board.Sit("life-2", Nobody)).Count);
    }

    [Fact]
    public void Who_does_not_read_is_cut_off_and_holds_nobody_up()
    {
        using var slow = board.Sit(null, Nobody);
        var told = 1;
        for (var i = 0; told > 0 && i < 10_000; i++)
            told = board.Announce("type");

        Assert.Equal(0, told);
        Read(slow);
        Assert.True(slow.Items.Completion.IsCompleted);
    }

    [Fact]
    public void What_is_private_is_told_to_those_who_may_know_and_leaves_others_no_gap()
    {
        using var ana = board.Sit(null, people => people.Contains("ana"));
        using var cleo = board.Sit(null, Nobody);

        board.Announce("incidents.incident-declared", ["ana", "bo"]);
        board.Announce("budgets.deploy-recorded");

        Assert.Equal(
            [("life-0", "state"), (null, "event"), ("life-1", "event")],
            Read(ana).Select(item => (item.Id, item.Kind))
        );
        Assert.Equal([("life-0", "state"), ("life-1", "event")], Read(cleo).Select(item => (item.Id, item.Kind)));
    }

    [Fact]
    public void Who_may_know_and_comes_back_hears_what_was_private_again()
    {
        board.Announce("type");
        board.Announce("incidents.incident-declared", ["ana"]);

        Assert.Contains(Read(board.Sit("life-1", _ => true)), item => item is { Id: null, Kind: "event" });
        Assert.DoesNotContain(Read(board.Sit("life-1", Nobody)), item => item.Kind == "event");
    }

    private static bool Nobody(IReadOnlyCollection<string> people) => false;

    private static List<LiveItem> Read(Seat seat)
    {
        var items = new List<LiveItem>();
        while (seat.Items.TryRead(out var item))
            items.Add(item);
        return items;
    }
}
