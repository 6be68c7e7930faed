namespace Steady.Experiments.Design;

/// <summary>All doors of the designs.</summary>
public static class DesignsEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments)
    {
        DraftExperimentEndpoint.Map(experiments);
        ImportExperimentEndpoint.Map(experiments);
        FreezeDesignEndpoint.Map(experiments);
        ExportDesignEndpoint.Map(experiments);
        ExperimentPageEndpoint.Map(experiments);
    }
}
