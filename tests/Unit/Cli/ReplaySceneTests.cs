using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class ReplaySceneTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void How_far_it_is_counts_what_is_told_and_not_the_quiet_weeks_between()
    {
        var scene = new ReplayScene();
        Hello(scene, frames: 4);
        Assert.Equal(0, scene.Share);
        Frame(scene, Start);
        scene.Take(new ReplayItem("s", "skip", new ReplaySkip(Start, Start.AddDays(30))));
        Assert.Equal(0.25, scene.Share);

        // Paused and gone on with: what is still to come is told again.
        Hello(scene, frames: 3);
        Assert.Equal(0.25, scene.Share);
        Frame(scene, Start.AddDays(30));
        Frame(scene, Start.AddDays(30));
        Frame(scene, Start.AddDays(30));
        Assert.Equal(1, scene.Share);
    }

    private static void Hello(ReplayScene scene, int frames) =>
        scene.Take(
            new ReplayItem("h", "hello", new ReplayHello("incident:INC-1", Start, Start.AddDays(60), Start, 60, frames))
        );

    private static void Frame(ReplayScene scene, DateTimeOffset at) =>
        scene.Take(
            new ReplayItem(
                "f",
                "entry",
                new ReplayFrame(at, ReplayLane.Fog, ReplayChange.Vanishes, Guid.Empty, 1, null)
            )
        );
}
