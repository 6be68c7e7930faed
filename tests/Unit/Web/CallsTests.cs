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

    [Fact]
    public void A_page_waits_until_somebody_takes_its_incident_whatever_was_read()
    {
        var page = Page(Open.Id, -40);

        Assert.False(Assert.Single(Shown([page], Open, seen: Now)).IsOptional);
        Assert.Empty(Shown([page], Taken));
    }

    [Fact]
    public void Whoever_is_paged_although_somebody_has_it_sees_it_until_they_have_read_it()
    {
        var page = Page(Open.Id, -10);

        Assert.True(Assert.Single(Shown([page], Taken)).IsOptional);
        Assert.Single(Shown([page], Taken, seen: Now.AddMinutes(-11)));
        Assert.Empty(Shown([page], Taken, seen: Now.AddMinutes(-9)));
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

        Assert.Equal(Now.AddMinutes(-5), Assert.Single(Calls.Newest(pages, null, Now)).RequestedAt);
    }

    [Fact]
    public void A_test_goes_by_itself_or_when_it_was_read()
    {
        var test = Page(null, -3);

        Assert.Single(Calls.Of(Calls.Newest([test], null, Now), new Dictionary<Guid, IncidentView>(), null));
        Assert.Empty(Calls.Newest([test], Now, Now));
        Assert.Empty(Calls.Newest([test], null, Now.AddMinutes(8)));
    }

    [Fact]
    public void What_cannot_be_read_is_not_shown() =>
        Assert.Empty(Calls.Of([Page(Guid.CreateVersion7(Now), -1)], new Dictionary<Guid, IncidentView>(), null));

    private static IReadOnlyList<Call> Shown(PageView[] pages, IncidentView incident, DateTimeOffset? seen = null) =>
        Calls.Of(Calls.Newest(pages, seen, Now), new Dictionary<Guid, IncidentView> { [incident.Id] = incident }, seen);

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
