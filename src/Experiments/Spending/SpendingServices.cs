using Steady.Experiments.Safety.Gates;

namespace Steady.Experiments.Spending;

/// <summary>What sets budget aside, watches it and charges it.</summary>
public static class SpendingServices
{
    public static void AddSpending(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SpendReader>().AddSingleton<IGate, ReserveGate>();
        builder.Services.AddHostedService<ChargeWorker>();
    }
}
