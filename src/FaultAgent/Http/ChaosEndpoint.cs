using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Http;

/// <summary>Where services that carry Steady.Chaos ask for their faults, and say what came of them.</summary>
internal static class ChaosEndpoint
{
    private const int LongestWaitMs = 30_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/chaos/{target}", Ask)
            .WithTags("Chaos")
            .WithSummary("The faults that a service is to bring in itself");

    private static async Task<IResult> Ask(
        string target,
        ChaosReport report,
        Targets targets,
        ChaosBoard board,
        AgentClock clock,
        CancellationToken stop
    )
    {
        if (targets.Find(ServiceInjector.Name, target) is null)
            return LeasesEndpoint.Problem(
                TargetRefusals.Unknown(target, ServiceInjector.Name, targets.Of(ServiceInjector.Name))
            );
        if (report.WaitMs is < 0 or > LongestWaitMs)
            return LeasesEndpoint.Problem(
                new(400, "chaos-invalid", $"waitMs is {report.WaitMs}; 0 to {LongestWaitMs} is accepted.")
            );
        return Results.Ok(await board.Orders(target, report, clock.Time, stop));
    }
}
