using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Polly;
using Steady.Chaos;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>A service that carries Steady.Chaos and an agent that holds the leases, over real HTTP.</summary>
public sealed class ServiceInjectorTests
{
    [Fact]
    public async Task Calls_fail_while_the_lease_lives_and_no_more_when_its_end_is_answered()
    {
        await using var agent = await Begin();
        using var service = await Service(agent);
        var calls = Calls(service);
        Assert.True(Succeeds(calls));
        var lease = Targeted.NewLease();
        await agent.Place(lease, "service", "failure");
        await Eventually.Holds(() => !Succeeds(calls), "The service took the fault in");
        await Eventually.Holds(
            async () => (await agent.Lease(lease)).Effect is { Seen: true, Resets: > 0 },
            "The agent heard that calls were hit"
        );
        await agent.Revert(lease);
        Assert.True(Succeeds(calls));
        await service.StopAsync(Targeted.Stop);
    }

    [Fact]
    public async Task When_the_agent_is_gone_the_service_is_well_within_a_second()
    {
        var agent = await Begin();
        using var service = await Service(agent);
        var calls = Calls(service);
        await agent.Place(Targeted.NewLease(), "service", "failure");
        await Eventually.Holds(() => !Succeeds(calls), "The service took the fault in");
        await agent.DisposeAsync();
        var gone = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => Succeeds(calls), "The fault ended by itself");
        Assert.True(Stopwatch.GetElapsedTime(gone) < TimeSpan.FromSeconds(2));
        await service.StopAsync(Targeted.Stop);
    }

    [Fact]
    public async Task Only_listed_services_are_answered_and_only_what_there_is_can_be_placed()
    {
        await using var agent = await Begin();
        var stranger = await agent.Http.PostAsJsonAsync(
            "/chaos/stranger",
            new ChaosReport(new Dictionary<Guid, long>()),
            Json.Options,
            Targeted.Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal("lease-invalid", (await agent.Refused("service", "latency")).Code);
        Assert.Equal("lease-invalid", (await agent.Refused("service", "explosion")).Code);
    }

    private static Task<Targeted> Begin() => Targeted.Start(("Targets:0:Injector", "service"));

    private static async Task<IHost> Service(Targeted agent)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSteadyChaos(
            new ChaosOptions
            {
                Agent = agent.Http.BaseAddress!,
                Target = "victim",
                Token = TestTokens.With("experiments:read"),
            }
        );
        var service = builder.Build();
        await service.StartAsync(Targeted.Stop);
        return service;
    }

    private static ResiliencePipeline Calls(IHost service) =>
        new ResiliencePipelineBuilder().AddSteadyChaos(service.Services.GetRequiredService<ChaosLeases>()).Build();

    private static bool Succeeds(ResiliencePipeline calls)
    {
        try
        {
            calls.Execute(static () => { });
            return true;
        }
        catch (ChaosInjectedException)
        {
            return false;
        }
    }
}
