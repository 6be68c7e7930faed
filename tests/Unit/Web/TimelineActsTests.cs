using Steady.Contracts.Incidents;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class TimelineActsTests
{
    private static readonly DateTimeOffset Before = new(2026, 11, 29, 21, 57, 37, 710, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-29T21:57:37.710")]
    [InlineData("2026-11-29T21:57:37.71")]
    public void A_moment_that_nobody_touched_is_not_amended_however_the_browser_writes_it(string at) =>
        Assert.Null(TimelineActs.Amendment(Form(at)).OccurredAt);

    [Fact]
    public void A_moment_that_was_changed_is() =>
        Assert.Equal(Before.AddMinutes(-1), TimelineActs.Amendment(Form("2026-11-29T21:56:37.71")).OccurredAt);

    [Fact]
    public void What_was_left_as_it_stood_is_no_part_of_it()
    {
        var amendment = TimelineActs.Amendment(
            More("payments, ledger", "https://wiki.example/7 The page", "region=eu")
        );
        Assert.Equal((null, null, null), (amendment.Services, amendment.Links, amendment.Labels));
        Assert.Null(amendment.OccurredUntil);
    }

    [Fact]
    public void Services_links_and_labels_are_written_as_lines()
    {
        var amendment = TimelineActs.Amendment(
            More(
                "checkout ledger",
                "https://wiki.example/7\nhttps://wiki.example/8 The other page",
                "region=us\nquery=a=b"
            )
        );
        Assert.Equal(["checkout", "ledger"], amendment.Services);
        Assert.Equal(
            [new EntryLink("https://wiki.example/7"), new EntryLink("https://wiki.example/8", "The other page")],
            amendment.Links
        );
        Assert.Equal(("us", "a=b"), (amendment.Labels!["region"], amendment.Labels["query"]));
    }

    [Fact]
    public void What_was_emptied_is_taken_away()
    {
        var amendment = TimelineActs.Amendment(More("payments, ledger", "", ""));
        Assert.Equal((0, 0), (amendment.Links!.Count, amendment.Labels!.Count));
    }

    private static Filled More(string services, string links, string labels) =>
        new(
            "amend",
            new Dictionary<string, string>
            {
                ["reason"] = "Read the wrong line.",
                ["services"] = services,
                ["services-before"] = "payments, ledger",
                ["links"] = links,
                ["links-before"] = "https://wiki.example/7 The page",
                ["labels"] = labels,
                ["labels-before"] = "region=eu",
            }
        );

    private static Filled Form(string at) =>
        new(
            "amend",
            new Dictionary<string, string>
            {
                ["text"] = "Version 8 went out.",
                ["text-before"] = "Version 7 went out.",
                ["at"] = at,
                ["at-before"] = "2026-11-29T21:57:37.710",
                ["reason"] = "Read the wrong line.",
            }
        );
}
