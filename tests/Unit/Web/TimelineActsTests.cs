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
