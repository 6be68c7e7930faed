using Steady.Experiments.Safety.Levers;

namespace Steady.Experiments.Safety;

/// <summary>All doors to what keeps runs from starting.</summary>
public static class SafetyEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => LeverPageEndpoint.Map(app.MapGroup("/v1"));
}
