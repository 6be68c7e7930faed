namespace Steady.Experiments.Prediction;

/// <summary>Every address of the room.</summary>
public static class PredictionEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var topologies = app.MapGroup("/v1/topologies").WithTags("Topologies");
        DeclareTopologyEndpoint.Map(topologies);
        TraceTopologyEndpoint.Map(topologies);
        TopologyPageEndpoint.Map(topologies);
        PredictExperimentEndpoint.Map(
            app.MapGroup("/v1/experiments").WithTags("Experiments"),
            app.MapGroup("/v1/runs").WithTags("Runs")
        );
    }
}
