namespace Steady.Experiments.Design;

/// <summary>All doors to designs.</summary>
public static class DesignEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var experiments = app.MapGroup("/v1/experiments").WithTags("Experiments");
        DraftExperimentEndpoint.Map(experiments);
        FreezeDesignEndpoint.Map(experiments);
        ExperimentPageEndpoint.Map(experiments);
    }
}
