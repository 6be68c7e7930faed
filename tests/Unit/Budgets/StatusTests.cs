using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Budgets.ThreeNines;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>How a budget stands, told from what was counted.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(-10, -10)]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    public void It_is_known_until_the_newest_bucket_and_never_beyond_the_moment_it_is_told_for(int end, int known)
    {
        var reading = Figures() with { Watermark = Now.AddSeconds(end) };
        Assert.Equal(Now.AddSeconds(known), Statuses.Of(Fold<Budget>(Opened)!, reading, [], Now).Watermark);
    }
}
