namespace Steady.Experiments.Runs;

/// <summary>All doors to runs.</summary>
public static class RunsEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var experiments = app.MapGroup("/v1/experiments").WithTags("Experiments");
        StartRunEndpoint.Map(experiments);
        RunHistoryEndpoint.Map(experiments);
        LintDesignEndpoint.Map(experiments);
        var runs = app.MapGroup("/v1/runs").WithTags("Runs");
        RunPageEndpoint.Map(runs);
        SteadyStateEndpoint.Map(runs);
        RunJournalEndpoint.Map(runs);
        HaltRunEndpoint.Map(runs);
        ConfirmRevertEndpoint.Map(runs);
    }
}
