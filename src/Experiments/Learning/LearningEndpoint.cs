namespace Steady.Experiments.Learning;

/// <summary>All doors to what was learned.</summary>
public static class LearningEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var findings = app.MapGroup("/v1/findings").WithTags("Findings");
        RaiseFindingEndpoint.Map(findings);
        FindingPageEndpoint.Map(findings);
        LinkActionItemEndpoint.Map(findings);
        CreateRegressionEndpoint.Map(findings);
        PromoteExperimentEndpoint.Map(app.MapGroup("/v1/experiments").WithTags("Experiments"));
    }
}
