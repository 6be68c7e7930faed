using Steady.Incidents.Intake;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>How many deliveries are stored at a time.</summary>
public sealed class IntakeLaneTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_have_a_place_a_hundred_wait_and_the_next_is_sent_away()
    {
        using var lane = new IntakeLane();
        for (var i = 0; i < 3; i++)
            Assert.True(await lane.Enter(Stop));
        var waiting = Enumerable.Range(0, 100).Select(_ => lane.Enter(Stop)).ToList();
        Assert.All(waiting, one => Assert.False(one.IsCompleted));

        Assert.False(await lane.Enter(Stop));

        lane.Leave();
        Assert.True(await await Task.WhenAny(waiting));
        Assert.False(lane.Enter(Stop).IsCompleted);
    }
}
