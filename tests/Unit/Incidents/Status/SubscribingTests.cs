using System.Security.Cryptography;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Status;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Status;

/// <summary>Who gets mails about the status page, and when.</summary>
public sealed class SubscribingTests
{
    private static readonly StatusLinks Links = new(new SecretBox([.. Enumerable.Repeat((byte)7, 32)]));
    private static readonly StatusWish Wish = new("id", "sealed", [], Noon, 1);

    [Fact]
    public void An_address_is_asked_three_times_a_day_at_most_and_not_at_once()
    {
        Assert.Equal(Wish, Subscribing.Ask(null, Wish));
        var later = Wish with { AskedAt = Noon.AddMinutes(9) };
        Assert.Null(Subscribing.Ask(Wish, later));
        var second = Subscribing.Ask(Wish, Wish with { AskedAt = Noon.AddMinutes(10) })!;
        var third = Subscribing.Ask(second, Wish with { AskedAt = Noon.AddMinutes(20) })!;
        Assert.Equal(3, third.Mails);
        Assert.Null(Subscribing.Ask(third, Wish with { AskedAt = Noon.AddHours(5) }));
        var nextDay = Wish with { AskedAt = third.AskedAt + Subscribing.Kept };
        Assert.Equal(nextDay, Subscribing.Ask(third, nextDay));
    }

    [Fact]
    public void A_link_is_for_one_wish_or_one_address_and_cannot_be_made_up()
    {
        var id = Links.IdOf("Cleo@Example.org");
        Assert.Equal(id, Links.IdOf("cleo@example.org"));
        var wish = Wish with { Id = id };
        var yes = Links.Yes(wish);
        Assert.True(Links.IsYes(yes, wish));
        Assert.False(Links.IsYes(yes, wish with { AskedAt = Noon.AddMinutes(10) }));
        Assert.False(Links.IsYes(Links.End(id), wish));
        Assert.True(Links.IsEnd(Links.End(id)));
        Assert.False(Links.IsEnd(yes));
        Assert.Null(StatusLinks.IdIn("short"));
        Assert.Null(StatusLinks.IdIn(null));
        var other = new StatusLinks(new SecretBox(new byte[32]));
        Assert.False(other.IsEnd(Links.End(id)));
    }

    [Fact]
    public void What_is_sealed_is_read_with_its_key_under_its_name_only()
    {
        var box = new SecretBox(new byte[32]);
        var closed = box.Close("ana@example.org", "ana/mail");
        Assert.DoesNotContain("ana", closed, StringComparison.Ordinal);
        Assert.NotEqual(closed, box.Close("ana@example.org", "ana/mail"));
        Assert.Equal("ana@example.org", box.Open(closed, "ana/mail"));
        Assert.ThrowsAny<CryptographicException>(() => box.Open(closed, "bo/mail"));
        Assert.ThrowsAny<CryptographicException>(() =>
            new SecretBox([.. closed.Take(32).Select(c => (byte)c)]).Open(closed, "ana/mail")
        );
        // From before anything was sealed.
        Assert.Equal("bo@example.org", box.Open("bo@example.org", "bo/mail"));
    }

    [Theory]
    [InlineData("cleo@example.org", true)]
    [InlineData("cleo", false)]
    [InlineData("Cleo <cleo@example.org>", false)]
    [InlineData("cleo@example.org, all@example.org", false)]
    [InlineData("cleo@example.org\nBcc: all@example.org", false)]
    public void One_address_and_nothing_else(string text, bool isOne) =>
        Assert.Equal(isOne, Subscribing.IsAddress(text));

    [Fact]
    public void Customers_get_a_mail_with_what_is_new_and_none_when_nothing_is()
    {
        var story = new PublicStory
        {
            Id = Guid.AllBitsSet,
            Service = "pay",
            Severity = Severity.Sev2,
            IsTold = true,
            Changes = 1,
            Notes = [new StatusNote(Noon, StatusStep.Investigating, StatusImpact.Partial, "We look.")],
        };
        var first = Mailing.News(story, null)!;
        Assert.Null(Mailing.News(story, first));
        // Something that customers do not see has changed, and a story that is built anew is older than what was told.
        Assert.Null(Mailing.News(story with { Changes = 2 }, first));
        Assert.Null(Mailing.News(story with { Changes = 0, Notes = [] }, first));
        var over = story with { Changes = 2, Step = StatusStep.Resolved };
        var second = Mailing.News(over, first)!;
        var mails = Mailing.To(
            [Cleo(), Cleo() with { Id = "dan", Components = ["search"] }],
            "pay",
            second,
            first,
            Now
        );
        var mail = Assert.Single(mails);
        Assert.Equal(("cleo", 1, 1, StatusStep.Resolved), (mail.To, mail.From, mail.Until, mail.Step));
        Assert.Equal(mail.Id, Mailing.To([Cleo()], "pay", second, first, Now.AddHours(1)).Single().Id);
        Assert.NotEqual(mail.Id, Mailing.To([Cleo()], "pay", first, null, Now).Single().Id);
    }

    // At 0 a minute, at the end of a minute five, and so on, for half a day.
    [Fact]
    public void A_mail_is_tried_again_with_longer_and_longer_pauses_and_is_given_up_then()
    {
        var (mail, at) = (
            Mailing.To([Cleo()], "pay", new StatusTold(Guid.AllBitsSet, 1, 1, default, default), null, Noon).Single(),
            Noon
        );
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            mail = Mailing.Take(mail, at);
            Assert.Equal(at + Mailing.Lease, mail.DueAt);
            Assert.True(Mailing.Again(mail, at) > at);
            at = Mailing.Again(mail, at)!.Value;
        }

        Assert.InRange(at - Noon, TimeSpan.FromHours(10), TimeSpan.FromHours(12));
        Assert.Null(Mailing.Again(Mailing.Take(mail, at), at));
    }

    private static StatusSubscriber Cleo() => new("cleo", "sealed", ["pay"], Noon);
}
