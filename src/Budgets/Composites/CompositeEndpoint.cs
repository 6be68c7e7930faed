using Steady.Budgets.Burn;

namespace Steady.Budgets.Composites;

/// <summary>The room as a table of contents.</summary>
public static class CompositeRoomEndpoint
{
    public static IServiceCollection AddBudgetReaders(this IServiceCollection services) =>
        services
            .AddSingleton<BudgetReader>()
            .AddSingleton<Objectives.ApplyDraftsEndpoint>()
            .AddSingleton<CompositeReader>()
            .AddHostedService<CompositeWorker>();

    public static void Map(IEndpointRouteBuilder v1)
    {
        DefineCompositeEndpoint.Map(v1);
        CompositeStatusEndpoint.Map(v1);
        CompositeHistoryEndpoint.Map(v1);
    }
}
