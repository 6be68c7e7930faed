using Steady.Experiments.Faults;
using Steady.Experiments.Safety.Levers;

namespace Steady.Experiments.Safety.Gates;

/// <summary>All that stands between a wish and a fault.</summary>
public static class SafetyServices
{
    public static void AddSafety(this IHostApplicationBuilder builder)
    {
        builder.AddNeighbours();
        builder.Services.AddSingleton(Dependencies.Of(builder.Configuration));
        builder.Services.AddSingleton<Senses>().AddHostedService<SensesWorker>();
        builder.Services.AddSingleton<IncidentGate>().AddSingleton<AllGates>();
        builder.Services.AddSingleton(LeverRule.Of(builder.Configuration));
        builder.Services.AddSingleton<LeverBoard>().AddSingleton<LeverWorker>();
        builder.Services.AddSingleton<IGate, LeverGate>();
        builder.Services.AddSingleton<IGate, BlackoutGate>();
        builder.Services.AddSingleton<IGate, RadiusGate>();
        builder.Services.AddSingleton<IGate, ClaimGate>();
        builder.Services.AddSingleton<IGate>(all => all.GetRequiredService<IncidentGate>());
        builder.Services.AddSingleton<IGate, BudgetGate>();
        builder.Services.AddSingleton<IGate, AgentGate>();
        builder.Services.AddSingleton<IGate, AlarmGate>();
        builder.Services.AddSingleton<IGate, RollbackGate>();
        builder.Services.AddSingleton(AllowedHosts.Of(builder.Configuration)).AddSingleton<RollbackCaller>();
    }
}
