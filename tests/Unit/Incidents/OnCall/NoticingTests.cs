using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Incidents.Paging;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Who is told what. Ana has the week of the 2nd, Bo that of the 9th; both from nine in Berlin.</summary>
public sealed class NoticingTests
{
    private static readonly DateTimeOffset Now = Utc("2026-11-01 12:00");
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-00000000000b");
    private static readonly ScheduleSet Weekly = Of(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo")).Versions[0];
    private static readonly Schedule Before = Fold<Schedule>(Weekly)!;
    private static readonly ScheduleOverridden Taken = new(
        "payments",
        Id,
        "bo",
        Utc("2026-11-04 08:00"),
        Utc("2026-11-05 08:00"),
        "Dentist",
        "cleo",
        Now
    );

    [Fact]
    public void Both_whose_time_an_override_changes_hear_of_it_and_not_whoever_made_it()
    {
        var told = Noticing.Of(Before, [Taken], "cleo", Now);
        Assert.Equal(["ana", "bo"], told.Select(one => one.Person));
        Assert.StartsWith(
            "Your time on call in payments changes from 2026-11-04 08:00 UTC: 24 h less. bo takes over",
            told[0].Text,
            StringComparison.Ordinal
        );
        Assert.Equal(["ana"], Noticing.Of(Before, [Taken], "bo", Now).Select(one => one.Person));
        // At half of it, half of it is left; afterwards nothing is.
        Assert.Contains(
            "12 h less",
            Noticing.Of(Before, [Taken], "bo", Utc("2026-11-04 20:00"))[0].Text,
            StringComparison.Ordinal
        );
        Assert.Empty(Noticing.Of(Before, [Taken], "cleo", Utc("2026-11-05 08:00")));
    }

    [Fact]
    public void Who_takes_over_from_themselves_hears_nothing_and_what_is_taken_back_is_told_too()
    {
        var own = Taken with { Person = "ana" };
        Assert.Empty(Noticing.Of(Before, [own], "cleo", Now));
        var back = Noticing.Of(Before.Apply(Taken), [new OverrideCancelled("payments", Id, "cleo", Now)], "cleo", Now);
        Assert.Equal(["ana", "bo"], back.Select(one => one.Person));
        Assert.Contains("24 h more. cleo took back", back[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_quietly()
    {
        Assert.Equal([("console", ChannelKind.Console)], Notifying.Over(null));
        var all = Somebody(
            new("phone", ChannelKind.Webhook, null, 0),
            new("room", ChannelKind.Slack, null, 0),
            new("mail", ChannelKind.Email, null, 3),
            new("here", ChannelKind.Console, null, 0)
        );
        Assert.Equal(["here", "mail"], Notifying.Over(all).Select(one => one.Channel));
        var noMail = all.Apply(new ChannelSwitchedOff("ana", "mail", "gone", Now));
        Assert.Equal(["here", "room"], Notifying.Over(noMail).Select(one => one.Channel));
        var noChat = noMail.Apply(new ChannelSwitchedOff("ana", "room", "gone", Now));
        Assert.Equal(["here", "phone"], Notifying.Over(noChat).Select(one => one.Channel));
    }

    private static Contact Somebody(params ContactChannel[] channels) =>
        Contact.Create(new ContactSet("ana", channels, "So", "ana", Now));
}
