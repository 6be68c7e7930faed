using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class PageRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly Guid Incident = Guid.CreateVersion7(Now);

    [Fact]
    public void The_channels_of_one_call_are_one_row_and_the_newest_call_is_first()
    {
        var rows = PageRows.Of([
            Page("bo", "phone", Now),
            Page("bo", "mail", Now),
            Page("ana", "mail", Now),
            Page("bo", "phone", Now.AddMinutes(5), because: "step 2 of pay"),
        ]);

        Assert.Equal([("bo", 1), ("ana", 1), ("bo", 2)], rows.Select(row => (row.Person, row.Channels.Count)));
        Assert.Equal("step 2 of pay", rows[0].Because);
    }

    [Theory]
    [InlineData(PageStatus.Delivered, ChannelKind.Console, 1, "shown", "ok", "14:00:03")]
    [InlineData(PageStatus.Delivered, ChannelKind.Email, 1, "delivered", "ok", "14:00:03")]
    [InlineData(PageStatus.Failed, ChannelKind.Webhook, 7, "failed", "bad", "HTTP 500")]
    [InlineData(PageStatus.Dropped, ChannelKind.Webhook, 0, "not needed", "", null)]
    [InlineData(PageStatus.Waiting, ChannelKind.Webhook, 2, "tried 2 times", "warn", "HTTP 500; again at 14:05:00")]
    [InlineData(PageStatus.Waiting, ChannelKind.Webhook, 0, "waits", "", "until 14:05:00, unless somebody takes it")]
    public void What_became_of_a_page_is_said(
        PageStatus status,
        ChannelKind kind,
        int attempts,
        string word,
        string tone,
        string? more
    )
    {
        var waits = status == PageStatus.Waiting;
        var page = Page("bo", "phone", Now) with
        {
            Kind = kind,
            Status = status,
            Attempts = attempts,
            Result = "HTTP 500",
            DueAt = waits ? Now.AddMinutes(5) : null,
            DoneAt = waits ? null : Now.AddSeconds(3),
        };

        Assert.Equal((word, tone, more), (PageRows.Word(page), PageRows.Tone(page), PageRows.More(page)));
    }

    [Fact]
    public void An_escalation_says_what_comes_next_and_when()
    {
        var runs = new EscalationView(Incident, EscalationStatus.Running, "pay", 2, 1, Now.AddSeconds(90), []);

        Assert.Equal("step 1 of pay, round 2", PageRows.Place(runs));
        Assert.Equal(
            "The next step comes in 1 min 30 s, at 14:01:30, unless somebody takes it.",
            PageRows.Sentence(runs, "checkout", Now)
        );
        Assert.Equal("The next step is taken now.", PageRows.Sentence(runs, "checkout", Now.AddMinutes(2)));
        Assert.Equal("pay", PageRows.Place(runs with { Step = 0, Round = 0 }));
        Assert.Equal(
            "No escalation policy is for checkout.",
            PageRows.Sentence(runs with { Status = EscalationStatus.Unrouted }, "checkout", Now)
        );
    }

    private static PageView Page(string person, string channel, DateTimeOffset at, string because = "step 1 of pay") =>
        new(
            Guid.CreateVersion7(at),
            Incident,
            7,
            person,
            channel,
            ChannelKind.Webhook,
            because,
            PageStatus.Waiting,
            0,
            null,
            at,
            at,
            null
        );
}
