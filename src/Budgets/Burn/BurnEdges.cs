namespace Steady.Budgets.Burn;

/// <summary>What the room runs.</summary>
internal static class BurnEdges
{
    public static IServiceCollection AddBurn(this IServiceCollection services) =>
        services
            .AddSingleton<BudgetAsOfEdges>()
            .AddSingleton<BurnWorker>()
            .AddSingleton<AuditWorker>()
            .AddHostedService(provider => provider.GetRequiredService<BurnWorker>())
            .AddHostedService(provider => provider.GetRequiredService<AuditWorker>());
}
