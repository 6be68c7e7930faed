using Steady.Contracts.Incidents;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>A long list of follow-ups is turned over.</summary>
public sealed class FollowUpsPagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1, 1, 0, null, null)]
    [InlineData(100, 1, 1, 100, null, null)]
    [InlineData(230, 1, 1, 100, null, 101)]
    [InlineData(230, 101, 101, 100, 1, 201)]
    [InlineData(230, 250, 201, 30, 101, null)]
    [InlineData(230, -5, 1, 100, null, 101)]
    public void A_page_begins_where_pages_begin(int all, int from, int first, int listed, int? earlier, int? later)
    {
        var items = Enumerable
            .Range(0, all)
            .Select(_ => new FollowUpView(
                Guid.CreateVersion7(Now),
                1,
                "finding",
                Guid.CreateVersion7(Now),
                "x",
                ["shop"],
                "x",
                "bo",
                null,
                "ana",
                Now,
                null,
                null,
                null
            ));
        var model = new FollowUpsModel([.. items], null, "shop team", [], false, Now, true, From: from);

        Assert.Equal((first, listed, earlier, later), (model.First, model.Listed.Count(), model.Earlier, model.Later));
        Assert.Equal(first == 1 ? "?team=shop%20team" : $"?team=shop%20team&from={first}", model.Query);
    }
}
