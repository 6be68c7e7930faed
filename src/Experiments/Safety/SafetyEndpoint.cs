using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Levers;

namespace Steady.Experiments.Safety;

/// <summary>All doors to what keeps runs from starting.</summary>
public static class SafetyEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1");
        LeverPageEndpoint.Map(v1);
        BlackoutPageEndpoint.Map(v1);
    }
}
