using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class WatchingTests
{
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(300);
    private readonly FakeTimeProvider clock = new();
    private readonly Samples samples;

    public WatchingTests() => samples = new Samples(clock);

    [Fact]
    public void More_failures_than_the_criterion_allows_in_its_window_are_a_breach()
    {
        See(10, failed: false);
        See(10, failed: true);
        Assert.Null(Watching.Breach([new AbortCriterion(0.5m, 2)], samples.During));
        See(1, failed: true);
        Assert.Equal(
            "Abort criterion: 11 of 21 requests failed within 60 s, more than 50 %.",
            Watching.Breach([new AbortCriterion(0.5m, 60)], samples.During)
        );
    }

    [Fact]
    public void What_is_older_than_the_window_does_not_count()
    {
        See(10, failed: true);
        clock.Advance(TimeSpan.FromSeconds(3));
        See(1, failed: false);
        Assert.Null(Watching.Breach([new AbortCriterion(0.5m, 2)], samples.During));
    }

    [Fact]
    public void Slow_answers_are_bad_but_have_not_failed()
    {
        var started = samples.Begin();
        clock.Advance(TimeSpan.FromMilliseconds(500));
        samples.End(started, good: false, failed: false);
        Assert.Null(Watching.Breach([new AbortCriterion(0, 60)], samples.During));
        Assert.Equal([false], samples.Since(TimeSpan.Zero, Within).Select(sample => sample.Good));
    }

    [Fact]
    public void A_request_that_is_out_for_too_long_is_bad_before_it_is_answered()
    {
        samples.Begin();
        clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Empty(samples.Since(TimeSpan.Zero, Within));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([false], samples.Since(TimeSpan.Zero, Within).Select(sample => sample.Good));
    }

    [Fact]
    public void A_silent_probe_is_noticed_after_two_periods()
    {
        var probe = new HttpProbe("http://127.0.0.1", "GET", TimeoutMs: 400, EveryMs: 100);
        Assert.False(Watching.IsBlind(probe, TimeSpan.Zero, TimeSpan.FromMilliseconds(1000)));
        Assert.True(Watching.IsBlind(probe, TimeSpan.Zero, TimeSpan.FromMilliseconds(1001)));
    }

    [Fact]
    public void The_steady_state_is_back_with_the_first_of_a_row_of_good_requests()
    {
        Sample[] seen = [At(100, false), At(200, true), At(300, false), At(400, true), At(500, true), At(600, true)];
        Assert.Equal(TimeSpan.FromMilliseconds(400), Watching.Back(seen, 3));
        Assert.Null(Watching.Back(seen, 4));
    }

    [Theory]
    [InlineData(100, 60, 5)]
    [InlineData(5000, 10, 1)]
    public void A_slow_probe_needs_fewer_requests_to_show_recovery(int everyMs, int seconds, int needed) =>
        Assert.Equal(needed, Watching.Needed(new HttpProbe("http://127.0.0.1", "GET", 1000, everyMs), seconds));

    [Fact]
    public void Each_kind_of_fault_has_its_own_proof()
    {
        var delayed = FaultEffect.None with { Connections = 1, ChunksDelayed = 1 };
        var reset = FaultEffect.None with { Connections = 1, Resets = 1 };
        Assert.True(Toxics.Shows(Latency(100), delayed) && Toxics.Shows(Failure(20), reset));
        Assert.False(Toxics.Shows(Latency(100), reset) || Toxics.Shows(Failure(20), delayed));
        Assert.Equal(0.2, Toxics.Of(Failure(20)).Toxicity);
        Assert.Equal(100, Toxics.Of(Latency(100)).Attributes!["latency"]);
    }

    private static Sample At(int ms, bool good) =>
        new(TimeSpan.FromMilliseconds(ms - 50), TimeSpan.FromMilliseconds(ms), good, !good);

    private void See(int count, bool failed)
    {
        for (var n = 0; n < count; n++)
        {
            var started = samples.Begin();
            clock.Advance(TimeSpan.FromMilliseconds(50));
            samples.End(started, !failed, failed);
        }
    }
}
