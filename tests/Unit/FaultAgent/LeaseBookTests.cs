using System.Net;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

/// <summary>Whatever is asked in whatever order: no fault lives longer than somebody wanted it to.</summary>
public sealed class LeaseBookTests
{
    private const string Edge = "checkout-ledger";
    private static readonly Guid Run = new("01a20dc2-0000-7000-8000-00000000000a");

    private abstract record Step
    {
        public sealed record Place(int Lease, int Ttl, int HardStop, long Epoch) : Step;

        public sealed record Renew(int Lease, int Ttl, long Epoch) : Step;

        public sealed record Revert(int Lease) : Step;

        public sealed record RevertAll : Step;

        public sealed record Wait(int Milliseconds) : Step;
    }

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (
            3,
            Gen.Select(
                Gen.Int[0, 3],
                Gen.Int[1, 60],
                Gen.Int[1, 100],
                Gen.Long[1, 4],
                (l, t, h, e) => (Step)new Step.Place(l, t, h, e)
            )
        ),
        (6, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 60], Gen.Long[1, 4], (l, t, e) => (Step)new Step.Renew(l, t, e))),
        (2, Gen.Int[0, 3].Select(lease => (Step)new Step.Revert(lease))),
        (1, Gen.Const((Step)new Step.RevertAll())),
        (6, Gen.Int[1, 20_000].Select(milliseconds => (Step)new Step.Wait(milliseconds)))
    );

    [Fact]
    public Task No_fault_lives_past_its_last_accepted_renewal_nor_past_its_hard_stop() =>
        Steps
            .Array[1, 60]
            .SampleAsync(
                async steps =>
                {
                    using var world = new World();
                    foreach (var step in steps)
                    {
                        await world.Do(step);
                        world.Check();
                    }
                    world.Clock.Advance(TimeSpan.FromSeconds(61));
                    Assert.Empty(world.Toxics);
                },
                iter: 300,
                threads: 1,
                writeLine: TestContext.Current.TestOutputHelper!.WriteLine
            );

    [Fact]
    public Task Taking_back_twice_is_as_good_as_once() =>
        Steps
            .Array[1, 40]
            .SampleAsync(
                async steps =>
                {
                    using var world = new World();
                    foreach (var step in steps)
                        await world.Do(step);
                    for (var lease = 0; lease < 4; lease++)
                    {
                        var once = await world.Book.Revert(World.Id(lease));
                        var twice = await world.Book.Revert(World.Id(lease));
                        Assert.Equal(once with { WasLive = false }, twice);
                    }
                    Assert.Empty(world.Toxics);
                },
                iter: 300,
                threads: 1,
                writeLine: TestContext.Current.TestOutputHelper!.WriteLine
            );

    [Fact]
    public async Task A_deadline_holds_in_the_data_path_before_any_timer_has_fired()
    {
        using var world = new World();
        await world.Do(new Step.Place(0, Ttl: 5, HardStop: 100, Epoch: 1));
        var toxic = Assert.Single(world.Toxics);
        Assert.True(toxic.IsLive(world.Agent.Now));
        Assert.False(toxic.IsLive(world.Agent.Now + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task An_injector_that_is_not_here_is_refused_by_name()
    {
        using var world = new World();
        var command = new PlaceLease(Edge, Run, 1, new FaultSpec("pause"), Injector: "process");
        var (lease, _, refusal) = await world.Book.Place(World.Id(0), command);
        Assert.Null(lease);
        Assert.Equal("lease-invalid", refusal?.Code);
        Assert.Equal("The lease is refused: injector is process; this agent has tcp.", refusal?.Detail);
    }

    [Fact]
    public async Task Without_a_journal_nothing_is_injected()
    {
        using var world = new World();
        world.Journal.Dispose();
        var (lease, _, refusal) = await world.Book.Place(
            World.Id(0),
            new PlaceLease(Edge, Run, 1, new FaultSpec("timeout"))
        );
        Assert.Null(lease);
        Assert.Equal("journal-unavailable", refusal?.Code);
        Assert.Empty(world.Toxics);
    }

    /// <summary>A lease book on an edge nobody listens on, with the longest life each fault may have kept beside it.</summary>
    private sealed class World : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("steady-").FullName;
        private readonly Dictionary<Guid, (TimeSpan Ttl, TimeSpan HardStop)> allowed = [];
        private readonly EdgeProxy edge;

        public World()
        {
            Agent = new AgentClock(Clock);
            var proxies = new Proxies(Agent, new Chance(1), NullLogger<EdgeProxy>.Instance);
            edge = proxies.Add(Edge, new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 1))!;
            Journal = Journal.Open(Path.Combine(folder, "journal.jsonl"), entries => entries);
            Book = new LeaseBook(
                new InjectorList([new TcpInjector(proxies)]),
                Agent,
                Journal,
                NullLogger<LeaseBook>.Instance
            );
        }

        public FakeTimeProvider Clock { get; } = new();
        public AgentClock Agent { get; }
        public Journal Journal { get; }
        public LeaseBook Book { get; }
        public IReadOnlyList<Toxic> Toxics => edge.Toxics;

        public static Guid Id(int lease) => new(lease, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

        public async Task Do(Step step)
        {
            switch (step)
            {
                case Step.Place place:
                    var command = new PlaceLease(
                        Edge,
                        Run,
                        place.Epoch,
                        new FaultSpec("timeout"),
                        place.Ttl,
                        place.HardStop
                    );
                    if ((await Book.Place(Id(place.Lease), command)).Created)
                        allowed[Id(place.Lease)] = (In(place.Ttl), In(place.HardStop));
                    break;
                case Step.Renew renew:
                    if ((await Book.Renew(Id(renew.Lease), new RenewLease(renew.Epoch, renew.Ttl))).Refusal is null)
                        allowed[Id(renew.Lease)] = (In(renew.Ttl), allowed[Id(renew.Lease)].HardStop);
                    break;
                case Step.Revert revert:
                    await Book.Revert(Id(revert.Lease));
                    allowed.Remove(Id(revert.Lease));
                    break;
                case Step.RevertAll:
                    await Book.RevertAll();
                    allowed.Clear();
                    break;
                case Step.Wait wait:
                    Clock.Advance(TimeSpan.FromMilliseconds(wait.Milliseconds));
                    break;
            }
        }

        public void Check()
        {
            var due = allowed
                .Where(lease => Agent.Now < lease.Value.Ttl && Agent.Now < lease.Value.HardStop)
                .Select(lease => lease.Key);
            Assert.Equal(
                due.Order(),
                Toxics.Where(toxic => toxic.IsLive(Agent.Now)).Select(toxic => toxic.Lease!.Value).Order()
            );
            Assert.Equal(
                due.Order(),
                Book.All().Where(lease => lease.State == LeaseState.Live).Select(lease => lease.LeaseId).Order()
            );
        }

        public void Dispose()
        {
            Journal.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private TimeSpan In(int seconds) => Agent.Now + TimeSpan.FromSeconds(seconds);
    }
}
