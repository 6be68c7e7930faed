using Steady.Experiments.Safety.Gates;

namespace Steady.Experiments.Learning;

/// <summary>What watches over findings, and the gate that asks what was learned.</summary>
public static class LearningServices
{
    public static void AddLearning(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<LearningWorker>();
        builder.Services.AddSingleton<PromotionWorker>().AddSingleton<IGate, PromotionGate>();
    }
}
