using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>A few of the kill points that the suite in tests/Benchmarks plays by the hundred.</summary>
[Collection(nameof(Platform))]
public sealed class KillPointTests
{
    [Fact]
    public async Task Whoever_is_killed_whenever_no_fault_is_left()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var ground = await KillGround.Start(stop);
        var experiment = await ground.Frozen(KillPoints.Design.Through(ground.Path1), stop);
        var first = Random.Shared.Next(1_000, 1_000_000);
        var met = 0;
        for (var seed = first; seed < first + 6; seed++)
        {
            var victim = (Mortal)(seed % Enum.GetValues<Mortal>().Length);
            var point = await KillPoints.Play(ground, experiment, seed, victim, stop);
            TestContext.Current.TestOutputHelper!.WriteLine($"{point}");
            Assert.False(point.Left, $"A fault was left: {point}");
            Assert.True(point.InPlace || !point.Aimed, $"No fault was met: {point}");
            met += point.InPlace ? 1 : 0;
        }

        Assert.True(met >= 2, $"The kills met {met} faults, and show nothing.");
    }
}
