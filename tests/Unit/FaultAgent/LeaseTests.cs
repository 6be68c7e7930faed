using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

public sealed class LeaseTests
{
    private static readonly Guid Run = new("01a20dc2-0000-7000-8000-00000000000a");
    private static readonly Guid Id = new("01a20dc2-0000-7000-8000-000000000001");
    private static readonly PlaceLease Command = new("checkout-ledger", Run, 3, new FaultSpec("latency"), 10, 25);
    private static readonly Lease Placed = Lease.Place(Id, Command, At(100));

    [Fact]
    public void A_lease_lives_for_its_ttl_and_not_a_tick_longer()
    {
        Assert.True(Placed.IsLive(At(110) - TimeSpan.FromTicks(1)));
        Assert.False(Placed.IsLive(At(110)));
        Assert.Equal(LeaseState.Expired, Placed.At(At(110)).State);
    }

    [Fact]
    public void A_renewal_counts_from_now_and_never_passes_the_hard_stop()
    {
        var (renewed, refusal) = Placed.Renew(new RenewLease(3, 60), fence: 3, At(109));
        Assert.Null(refusal);
        Assert.Equal(At(125), renewed.Deadline);
        Assert.Equal(LeaseState.HardStopped, renewed.At(At(125)).State);
    }

    [Fact]
    public void A_shorter_renewal_shortens_the_life() =>
        Assert.Equal(At(102), Placed.Renew(new RenewLease(3, 1), 3, At(101)).Lease.Deadline);

    [Fact]
    public void What_has_expired_is_not_renewed() =>
        Assert.Equal("lease-expired", Placed.Renew(new RenewLease(3), 3, At(110)).Refusal?.Code);

    [Fact]
    public void What_was_taken_back_is_not_renewed() =>
        Assert.Equal("lease-expired", Placed.Revert(At(101)).Renew(new RenewLease(3), 3, At(102)).Refusal?.Code);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void A_lower_epoch_than_the_highest_seen_is_fenced_off(long epoch, long fence) =>
        Assert.Equal("lease-fenced", Placed.Renew(new RenewLease(epoch), fence, At(101)).Refusal?.Code);

    [Fact]
    public void A_higher_epoch_takes_the_lease_over() =>
        Assert.Equal(4, Placed.Renew(new RenewLease(4), 3, At(101)).Lease.Epoch);

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void A_ttl_out_of_bounds_is_refused(int seconds)
    {
        Assert.Equal("lease-invalid", Placed.Renew(new RenewLease(3, seconds), 3, At(101)).Refusal?.Code);
        Assert.Equal("lease-invalid", Lease.Check(Command with { TtlSeconds = seconds })?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(901)]
    public void A_hard_stop_out_of_bounds_is_refused(int seconds) =>
        Assert.Equal("lease-invalid", Lease.Check(Command with { HardStopSeconds = seconds })?.Code);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_toxicity_that_is_no_share_is_refused(double toxicity) =>
        Assert.Equal(
            "lease-invalid",
            Lease.Check(Command with { Toxic = new FaultSpec("latency", Toxicity: toxicity) })?.Code
        );

    [Fact]
    public void The_same_request_is_known_by_its_content()
    {
        static PlaceLease With(long latency) =>
            Command with
            {
                Toxic = new FaultSpec("latency", Attributes: new Dictionary<string, long> { ["latency"] = latency }),
            };
        Assert.True(Lease.Place(Id, With(1), At(0)).IsAskedBy(With(1)));
        Assert.False(Lease.Place(Id, With(1), At(0)).IsAskedBy(With(2)));
        Assert.False(Placed.IsAskedBy(Command with { TtlSeconds = 11 }));
        Assert.False(Placed.IsAskedBy(With(1)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
