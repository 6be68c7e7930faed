using Steady.Budgets.Adjustments;
using Steady.Budgets.Spending;

namespace Steady.Budgets.Gates;

/// <summary>The doors of the rooms around gates, as a table of contents.</summary>
public static class GateRoomsEndpoint
{
    public static void AddGates(this IServiceCollection services)
    {
        services.AddSingleton<GateReader>();
        services.AddSingleton<AdjustmentReader>();
        services.AddSingleton<CauseReader>();
        services
            .AddHttpClient<GitHubClient>(http => http.Timeout = TimeSpan.FromSeconds(5))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        AskGateEndpoint.Map(v1);
        GateDecisionsEndpoint.Map(v1);
        OverrideGateEndpoint.Map(v1);
        ApplyPolicyEndpoint.Map(v1);
        PolicyListEndpoint.Map(v1);
        GitHubGateEndpoint.Map(v1);
        AdjustmentEndpoint.Map(v1);
        RecordDeployEndpoint.Map(v1);
        DescribeServiceEndpoint.Map(v1);
        SpendReportEndpoint.Map(v1);
    }
}
