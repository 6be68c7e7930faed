using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

/// <summary>Whatever a fault does wrong on its way in or out: it is armed before it is injected, and never forgotten while it is in.</summary>
public sealed class HeldFaultTests : IDisposable
{
    private static readonly Guid Lease = new("01a20dc2-0000-7000-8000-00000000000b");
    private static readonly PlaceLease Command = new("victim", Lease, 1, new FaultSpec("pause"), 10, 60, "rough");
    private readonly string folder = Directory.CreateTempSubdirectory("steady-").FullName;
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_fault_that_does_not_arm_is_not_injected_and_its_lease_has_ended()
    {
        var (book, rough) = Book(new Rough(FailsToArm: true));
        var (lease, _, refusal) = await book.Place(Lease, Command);
        Assert.Null(lease);
        Assert.Equal("fault-not-armed", refusal?.Code);
        Assert.Equal(["arm", "revert"], rough.Said);
        Assert.Equal(LeaseState.Reverted, (await book.Find(Lease))!.State);
    }

    [Fact]
    public async Task A_fault_that_fails_halfway_is_taken_back()
    {
        var (book, rough) = Book(new Rough(FailsToInject: true));
        Assert.Equal("fault-failed", (await book.Place(Lease, Command)).Refusal?.Code);
        Assert.Equal(["arm", "inject", "revert"], rough.Said);
        Assert.False(rough.IsIn);
    }

    [Fact]
    public async Task A_fault_that_fails_in_a_way_nobody_thought_of_is_refused_and_taken_back_too()
    {
        var (book, rough) = Book(new Rough(FailsOddly: true));
        Assert.Equal("fault-failed", (await book.Place(Lease, Command)).Refusal?.Code);
        Assert.False(rough.IsIn);
        Assert.Equal(LeaseState.Reverted, (await book.Find(Lease))!.State);
    }

    [Fact]
    public async Task A_fault_that_stays_is_said_to_stay_and_tried_again_until_it_is_gone()
    {
        var (book, rough) = Book(new Rough(StaysFor: 3));
        await book.Place(Lease, Command);
        await Assert.ThrowsAsync<FaultStuckException>(() => book.Revert(Lease));
        await Assert.ThrowsAsync<FaultStuckException>(() => book.RevertAll());
        await Assert.ThrowsAsync<FaultStuckException>(() => book.Revert(Lease));
        Assert.True(rough.IsIn);
        await book.Revert(Lease);
        Assert.False(rough.IsIn);
        Assert.Equal(1, rough.Said.Count(said => said == "inject"));
    }

    [Fact]
    public async Task At_its_deadline_a_fault_that_stays_is_tried_again_by_the_agent_itself()
    {
        var (book, rough) = Book(new Rough(StaysFor: 2));
        await book.Place(Lease, Command);
        clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 3; i++)
            clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.False(rough.IsIn);
        Assert.Equal(LeaseState.Expired, (await book.Find(Lease))!.State);
    }

    [Fact]
    public async Task When_what_holds_a_fault_is_lost_it_is_taken_back_at_once()
    {
        var (book, rough) = Book(new Rough());
        await book.Place(Lease, Command);
        Assert.True(rough.IsIn);
        rough.Lose();
        Assert.True(SpinWait.SpinUntil(() => !rough.IsIn, TimeSpan.FromSeconds(10)));
        Assert.Equal(LeaseState.Reverted, (await book.Find(Lease))!.State);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_renewed_where_it_is_has_ended()
    {
        var (book, rough) = Book(new Rough(FailsToRenew: true));
        await book.Place(Lease, Command);
        Assert.Equal("lease-expired", (await book.Renew(Lease, new RenewLease(1))).Refusal?.Code);
        Assert.False(rough.IsIn);
    }

    [Fact]
    public Task However_rough_a_fault_is_it_is_out_when_its_end_was_answered_or_its_deadline_has_passed() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 3].Array[0, 12])
            .SampleAsync(
                async one =>
                {
                    var (book, rough) = Book(new Rough(one.Item1, one.Item2, one.Item3, one.Item4));
                    await book.Place(Lease, Command);
                    foreach (var step in one.Item5)
                    {
                        if (step == 0)
                            clock.Advance(TimeSpan.FromSeconds(3));
                        else if (step == 1)
                            await book.Renew(Lease, new RenewLease(1));
                        else if (step == 2 && await Answers(book))
                            Assert.False(rough.IsIn);
                        Assert.True(rough.WasArmedBeforeIn);
                    }

                    clock.Advance(TimeSpan.FromSeconds(60));
                    for (var i = 0; i < 8; i++)
                        clock.Advance(TimeSpan.FromMilliseconds(250));
                    Assert.False(rough.IsIn);
                },
                iter: 300,
                threads: 1,
                writeLine: TestContext.Current.TestOutputHelper!.WriteLine
            );

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<bool> Answers(LeaseBook book)
    {
        try
        {
            await book.Revert(Lease);
            return true;
        }
        catch (FaultStuckException)
        {
            return false;
        }
    }

    private (LeaseBook Book, Rough Fault) Book(Rough rough)
    {
        var journal = Journal.Open(Path.Combine(folder, "journal.jsonl"), entries => []);
        var book = new LeaseBook(
            new InjectorList([new RoughInjector(rough)]),
            new AgentClock(clock),
            journal,
            NullLogger<LeaseBook>.Instance
        );
        return (book, rough);
    }

    private sealed class RoughInjector(Rough fault) : IInjector
    {
        public InjectorView View => new("rough", "", [], []);

        public Refusal? Refuses(PlaceLease asked) => null;

        public IFault Make(Guid lease, PlaceLease asked) => fault;

        public Task Recover(CancellationToken stop) => Task.CompletedTask;
    }

    /// <summary>A fault with everything that can go wrong, and what was asked of it.</summary>
    private sealed class Rough(
        bool FailsToArm = false,
        bool FailsToInject = false,
        int StaysFor = 0,
        bool FailsToRenew = false,
        bool FailsOddly = false
    ) : IFault
    {
        private readonly TaskCompletionSource lost = new();
        private int left = StaysFor;
        private bool armed;

        public List<string> Said { get; } = [];

        public bool IsIn { get; private set; }

        public bool WasArmedBeforeIn { get; private set; } = true;

        public FaultEffect Effect => FaultEffect.None;

        public Task Lost => lost.Task;

        public void Lose() => lost.SetResult();

        public Task Arm(TimeSpan deadline)
        {
            Said.Add("arm");
            armed = !FailsToArm;
            return armed ? Task.CompletedTask : throw new FaultRefusedException("fault-not-armed", "No.");
        }

        public Task Inject(TimeSpan deadline)
        {
            Said.Add("inject");
            (IsIn, WasArmedBeforeIn) = (true, armed);
            if (FailsOddly)
                throw new IOException("The pipe is broken.");
            return FailsToInject ? throw new FaultRefusedException("fault-failed", "No.") : Task.CompletedTask;
        }

        public Task Renew(TimeSpan deadline) => FailsToRenew ? throw new IOException("No.") : Task.CompletedTask;

        public Task Probe() => Task.CompletedTask;

        public Task Revert()
        {
            Said.Add("revert");
            if (IsIn && left-- > 0)
                throw new IOException("It stays.");
            IsIn = false;
            return Task.CompletedTask;
        }
    }
}
