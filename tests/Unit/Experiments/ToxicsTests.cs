using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Design;
using Steady.Experiments.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Proxy;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

/// <summary>Experiments and the agent mean the same by every kind of failure.</summary>
public sealed class ToxicsTests
{
    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_one_that_the_agents_injector_has_with_the_numbers_that_it_takes(FaultKind kind)
    {
        var spec = Toxics.Of(new Rung(kind, 1));
        var injector = Assert.Single(Agents(), one => one.Name == FaultKinds.Injector(kind));
        var type = Assert.Single(injector.Faults, fault => fault.Type == spec.Type);
        Assert.All(spec.Attributes?.Keys ?? [], name => Assert.Contains(name, type.Attributes.Keys));
        Assert.NotEqual($"{kind} 1", FaultKinds.Strength(new Rung(kind, 1)));
        Assert.False(Toxics.Shows(new Rung(kind, 1), FaultEffect.None));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_strongest_of_a_kind_is_accepted_and_one_more_is_not(FaultKind kind)
    {
        var most = FaultKinds.Most(kind);
        Assert.Empty(Found(new Rung(kind, most)));
        var finding = Assert.Single(Found(new Rung(kind, most + 1)));
        Assert.Equal("ladder.rungs[0].magnitude", finding.Path);
    }

    [Fact]
    public void One_design_breaks_one_place() =>
        Assert.Equal(
            "ladder.rungs[1].fault",
            Assert.Single(Found(new Rung(FaultKind.Latency, 100), new Rung(FaultKind.Pause, 1))).Path
        );

    private static IEnumerable<Finding> Found(params Rung[] rungs)
    {
        var design = Designs.Design;
        return DesignRules.Check(design with { Ladder = design.Ladder with { Rungs = rungs } });
    }

    private static IEnumerable<InjectorView> Agents()
    {
        var configuration = new ConfigurationBuilder().Build();
        var (targets, denied) = (new Targets(configuration), new Denied(configuration));
        var clock = new AgentClock(new FakeTimeProvider());
        IInjector[] all =
        [
            new TcpInjector(new Proxies(clock, new Chance(1), NullLogger<EdgeProxy>.Instance)),
            new ProcessInjector(targets, denied, configuration, clock),
            new PostgresInjector(targets, denied, configuration, clock),
            new RabbitInjector(targets, denied, null!),
            new PortInjector(targets, denied, configuration, clock),
            new ServiceInjector(targets, new ChaosBoard(), clock),
        ];
        return all.Select(injector => injector.View);
    }
}
