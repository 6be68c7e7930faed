using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

public sealed class GaugingTests
{
    private static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(100);

    [Fact]
    public void The_last_minute_is_told_second_by_second()
    {
        var view = Gauge(Good(98.1, 40), Good(98.5, 90), Bad(99.2, 310, failed: false), Bad(99.3, 2000, failed: true));
        Assert.Equal(
            [new(Designs.Now.AddSeconds(-2), 2, 0, 0, 90), new ProbedSecond(Designs.Now.AddSeconds(-1), 0, 2, 1, 2000)],
            view.Seconds
        );
        Assert.Equal((0.95m, 300), (view.MinimumGood, view.WithinMs));
    }

    [Fact]
    public void Room_is_whole_without_failures_and_none_on_the_line()
    {
        Assert.Equal(1, Gauge(Good(99.5, 40)).Room.Single().Left);
        Assert.Equal(1, Gauge().Room.Single().Left);
        // The design aborts above one half.
        Assert.Equal(0.5m, Gauge(Good(99.1, 9), Good(99.2, 9), Good(99.3, 9), Bad(99.4, 9, true)).Room.Single().Left);
        Assert.Equal(0, Gauge(Good(99.1, 9), Bad(99.4, 9, true)).Room.Single().Left);
        Assert.Equal(0, Gauge(Bad(99.4, 9, true)).Room.Single().Left);
    }

    private static SteadyStateView Gauge(params Sample[] samples) =>
        Gauging.Of(
            Fold<Run>(Designs.Ready)!,
            window => [.. samples.Where(sample => sample.Ended >= Elapsed - window)],
            Elapsed,
            Designs.Now
        );

    private static Sample Good(double ended, int ms) => Of(ended, ms, true, false);

    private static Sample Bad(double ended, int ms, bool failed) => Of(ended, ms, false, failed);

    private static Sample Of(double ended, int ms, bool good, bool failed) =>
        new(TimeSpan.FromSeconds(ended) - TimeSpan.FromMilliseconds(ms), TimeSpan.FromSeconds(ended), good, failed);
}
