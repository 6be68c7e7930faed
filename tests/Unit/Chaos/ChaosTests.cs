using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Steady.Chaos;
using Steady.Contracts.Faults;
using Xunit;

namespace Steady.Tests.Unit.Chaos;

/// <summary>Calls are hit while a lease is live in this process, and never after.</summary>
public sealed class ChaosTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly ChaosLeases leases;
    private readonly ResiliencePipeline pipeline;
    private readonly Random random = new(7);

    public ChaosTests()
    {
        leases = new ChaosLeases(clock);
        pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddSteadyChaos(leases, random.NextDouble)
            .Build();
    }

    [Fact]
    public void Without_a_lease_nothing_is_hit_and_nothing_allocated()
    {
        var nothing = () => { };
        pipeline.Execute(nothing);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            pipeline.Execute(nothing);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_failure_hits_the_share_of_calls_that_the_lease_says_and_counts_them()
    {
        var lease = Guid.Parse("01a20dc2-0000-7000-8000-00000000000a");
        leases.Take([new ChaosOrder(lease, "failure", 0.3, 0, 900)], clock.GetTimestamp());
        var failed = Enumerable.Range(0, 10_000).Count(_ => !Call());
        Assert.InRange(failed, 2_800, 3_200);
        Assert.Equal(failed, leases.Hits[lease]);
    }

    [Fact]
    public void A_lease_ends_here_when_nobody_says_any_more_that_it_is_live()
    {
        leases.Take([Failing(1_000)], clock.GetTimestamp());
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(Call());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Call());
    }

    [Fact]
    public void A_lease_that_is_not_named_any_more_is_over_at_once()
    {
        leases.Take([Failing(1_000)], clock.GetTimestamp());
        Assert.False(Call());
        leases.Take([], clock.GetTimestamp());
        Assert.True(Call());
        Assert.Empty(leases.Hits);
    }

    [Fact]
    public void A_call_never_waits_longer_than_the_lease_is_known_to_live()
    {
        leases.Take([new ChaosOrder(Guid.Empty, "latency", 1, 60_000, 400)], clock.GetTimestamp());
        var call = pipeline
            .ExecuteAsync(static _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken)
            .AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(399));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public void Whatever_the_agent_says_in_whatever_order_no_call_is_hit_after_the_newest_word_has_ended() =>
        Gen.Select(Gen.Long[-500, 3_000], Gen.Int[0, 1_500], Gen.Bool)
            .Array[1, 30]
            .Sample(
                words =>
                {
                    var time = new FakeTimeProvider();
                    var mine = new ChaosLeases(time);
                    var calls = new ResiliencePipelineBuilder { TimeProvider = time }
                        .AddSteadyChaos(mine)
                        .Build();
                    var until = TimeSpan.Zero;
                    var began = time.GetTimestamp();
                    foreach (var (live, pause, named) in words)
                    {
                        mine.Take(named ? [Failing(live)] : [], time.GetTimestamp());
                        until = named
                            ? time.GetElapsedTime(began) + TimeSpan.FromMilliseconds(Math.Min(live, 1_000))
                            : TimeSpan.Zero;
                        time.Advance(TimeSpan.FromMilliseconds(pause));
                        Assert.Equal(time.GetElapsedTime(began) >= until, Succeeds(calls));
                    }
                },
                iter: 300,
                writeLine: TestContext.Current.TestOutputHelper!.WriteLine
            );

    private static ChaosOrder Failing(long live) => new(Guid.Empty, "failure", 1, 0, live);

    private bool Call() => Succeeds(pipeline);

    private static bool Succeeds(ResiliencePipeline pipeline)
    {
        try
        {
            pipeline.Execute(static () => { });
            return true;
        }
        catch (ChaosInjectedException)
        {
            return false;
        }
    }
}
