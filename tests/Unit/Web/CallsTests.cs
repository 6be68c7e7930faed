using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Which pages stand at the top of every page of the console.</summary>
public sealed class CallsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly IncidentView Open = new(
        Guid.CreateVersion7(Now),
        4,
        7,
        "checkout",
        Severity.Sev2,
        IncidentStatus.Open,
        "Checkout fails",
        null,
        "mira",
        null,
        Now.AddHours(-1),
        Now.AddHours(-1),
        null,
        null,
        null,
        null
    );

    private static readonly IncidentView Taken = Open with
    {
        Status = IncidentStatus.Acknowledged,
        Lead = "bo",
        AcknowledgedAt = Now.AddMinutes(-30),
    };

    private static readonly IReadOnlySet<Guid> Nothing = new HashSet<Guid>();

    [Fact]
    public void A_page_waits_until_somebody_takes_its_incident_whatever_was_read()
    {
        var page = Page(Open.Id, -40);

        Assert.False(Assert.Single(Shown([page], Open, seen: page)).IsOptional);
        Assert.Empty(Shown([page], Taken));
    }

    [Fact]
    public void Whoever_is_paged_although_somebody_has_it_sees_it_until_they_have_read_it()
    {
        var page = Page(Open.Id, -10);

        Assert.True(Assert.Single(Shown([page], Taken)).IsOptional);
        Assert.Single(Shown([page], Taken, seen: Page(Open.Id, -10)));
        Assert.Empty(Shown([page], Taken, seen: page));
    }

    [Theory]
    [InlineData(IncidentStatus.Mitigated)]
    [InlineData(IncidentStatus.Resolved)]
    [InlineData(IncidentStatus.Merged)]
    public void Where_nobody_suffers_nobody_is_called(IncidentStatus status) =>
        Assert.Empty(Shown([Page(Open.Id, -10)], Open with { Status = status }));

    [Fact]
    public void Of_each_incident_the_newest_page_counts_and_only_what_the_console_shows()
    {
        PageView[] pages =
        [
            Page(Open.Id, -10),
            Page(Open.Id, -5),
            Page(Open.Id, -1) with
            {
                Kind = ChannelKind.Email,
            },
            Page(Guid.CreateVersion7(Now), -60 * 25),
            Page(Guid.CreateVersion7(Now), -2) with
            {
                Status = PageStatus.Dropped,
            },
        ];

        Assert.Equal(Now.AddMinutes(-5), Assert.Single(Calls.Newest(pages, Nothing, Now)).RequestedAt);
    }

    [Fact]
    public void A_test_goes_by_itself_or_when_it_was_read()
    {
        var test = Page(null, -3);

        Assert.Single(Calls.Of(Calls.Newest([test], Nothing, Now), new Dictionary<Guid, IncidentView>(), Nothing));
        Assert.Empty(Calls.Newest([test], new HashSet<Guid> { test.Id }, Now));
        Assert.Empty(Calls.Newest([test], Nothing, Now.AddMinutes(8)));
    }

    [Fact]
    public void What_cannot_be_read_is_not_shown() =>
        Assert.Empty(Calls.Of([Page(Guid.CreateVersion7(Now), -1)], new Dictionary<Guid, IncidentView>(), Nothing));

    [Fact]
    public void To_have_read_one_notice_is_not_to_have_read_another()
    {
        PageView[] told = [Page(null, -10) with { Notice = true }, Page(null, -5) with { Notice = true }];

        Assert.Equal(told.Reverse(), Calls.Newest(told, Nothing, Now));
        Assert.Equal([told[0]], Calls.Newest(told, new HashSet<Guid> { told[1].Id }, Now));
    }

    [Fact]
    public void What_somebody_is_told_never_hides_what_they_are_paged_for()
    {
        var paged = Page(Open.Id, -30);
        var told = Enumerable.Range(1, Calls.Most + 1).Select(i => Page(null, -i) with { Notice = true });

        var newest = Calls.Newest([.. told, paged], Nothing, Now);

        Assert.Equal((Calls.Most, paged), (newest.Count, newest[0]));
    }

    private static IReadOnlyList<Call> Shown(PageView[] pages, IncidentView incident, PageView? seen = null)
    {
        IReadOnlySet<Guid> read = seen is null ? Nothing : new HashSet<Guid> { seen.Id };
        return Calls.Of(
            Calls.Newest(pages, read, Now),
            new Dictionary<Guid, IncidentView> { [incident.Id] = incident },
            read
        );
    }

    private static PageView Page(Guid? incident, int minute) =>
        new(
            Guid.CreateVersion7(Now),
            incident,
            7,
            "ana",
            "screen",
            ChannelKind.Console,
            "step 1 of pay",
            PageStatus.Delivered,
            1,
            null,
            Now.AddMinutes(minute),
            null,
            Now.AddMinutes(minute)
        );
}
