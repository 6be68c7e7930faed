using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Incidents.Timeline.Query;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>When what a kept query found is posted again, and when no more.</summary>
public sealed class PostingTests
{
    private static readonly ViewSet Set = new("deploys", "kind:deploy", null, "ana", Noon);
    private static readonly ViewWebhookSet Hook = new("deploys", "hooks.example.org", 100, "ana", Noon);
    private static readonly ViewDelivery Next = new(Guid.Empty, 1, 7, null, 1, Noon, null, 0, null, null);
    private static readonly Delivery Failed = new(false, "HTTP 500");

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(10, 2560)]
    [InlineData(11, 3600)]
    [InlineData(1000, 3600)]
    public void It_is_tried_again_after_twice_as_long_each_time_up_to_an_hour(int attempt, int seconds) =>
        Assert.Equal(Noon.AddSeconds(seconds), Posting.Again(attempt, Failed, Noon));

    [Fact]
    public void The_receiver_says_when_it_wants_to_be_asked_again_within_an_hour()
    {
        Assert.Equal(Noon.AddMinutes(3), Posting.Again(1, Failed with { NotBefore = Noon.AddMinutes(3) }, Noon));
        Assert.Equal(Noon.AddHours(1), Posting.Again(1, Failed with { NotBefore = Noon.AddDays(3) }, Noon));
        Assert.Equal(Noon.AddSeconds(5), Posting.Again(1, Failed with { NotBefore = Noon }, Noon));
    }

    [Fact]
    public void Who_is_gone_or_takes_nothing_for_days_is_given_up()
    {
        Assert.Null(Posting.GivesUp(Next, Failed, Noon));
        Assert.Equal(Posting.Gone, Posting.GivesUp(Next, Failed with { IsGone = true }, Noon));
        var failing = Next with { FailingSince = Noon };
        Assert.Null(Posting.GivesUp(failing, Failed, Noon.AddDays(2)));
        Assert.EndsWith("HTTP 500", Posting.GivesUp(failing, Failed, Noon.AddDays(4)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_stretch_has_the_same_id_and_another_one_another()
    {
        Assert.Equal(Posting.IdOf(Next, 9), Posting.IdOf(Next with { Attempt = 4, Until = 9 }, 9));
        Assert.NotEqual(Posting.IdOf(Next, 9), Posting.IdOf(Next, 10));
        Assert.NotEqual(Posting.IdOf(Next, 9), Posting.IdOf(Next with { Turn = 2 }, 9));
    }

    [Fact]
    public void Only_what_comes_from_now_on_can_be_posted()
    {
        Assert.Equal([Hook], Keeping.Post(Fold<SavedView>(Set)!, Hook).Events);
        var piped = Fold<SavedView>(Set with { Query = "kind:deploy | first 3" })!;
        Assert.Equal("view-not-live", Keeping.Post(piped, Hook).Refusal!.Code);
        var posted = Fold<SavedView>(Set, Hook)!;
        var ranged = new SetTimelineView("kind:deploy from:-1h");
        Assert.Equal("view-not-live", Keeping.Set(posted, "deploys", ranged, Ana, Noon).Refusal!.Code);
    }

    [Fact]
    public void It_is_switched_off_once_set_again_and_taken_away_with_its_view()
    {
        var posted = Fold<SavedView>(Set, Hook)!;
        var off = Assert.IsType<ViewWebhookSwitchedOff>(Assert.Single(Keeping.SwitchOff(posted, "gone", Noon).Events));
        Assert.Empty(Keeping.SwitchOff(Fold<SavedView>(Set, Hook, off)!, "gone", Noon).Events);
        Assert.Null(Fold<SavedView>(Set, Hook, off, Hook)!.Off);
        Assert.Single(Keeping.PostNoMore(posted, Ana, Noon).Events);
        Assert.Empty(Keeping.PostNoMore(Fold<SavedView>(Set)!, Ana, Noon).Events);
        Assert.Null(Fold<SavedView>(Set, Hook, new ViewRemoved("deploys", "ana", Noon), Set)!.Webhook);
    }
}
