using Steady.FaultAgent.Http;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;
using Steady.ServiceDefaults;

namespace Steady.FaultAgent;

/// <summary>The whole agent, put together. Apart from Program so that tests and benchmarks can have one in their process.</summary>
public static class Agent
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();

        builder.Services.AddSingleton<AgentClock>();
        builder.Services.AddSingleton(new Chance(builder.Configuration.GetValue("Toxicity:Seed", 1UL)));
        builder.Services.AddSingleton<Proxies>();
        builder.Services.AddSingleton<JournalKeeper>();
        builder.Services.AddSingleton(services => services.GetRequiredService<JournalKeeper>().OpenBook());
        builder.Services.AddHostedService<EdgesWorker>();

        var app = builder.Build();
        app.MapDefaultEndpoints();

        // Faults are for those who may operate experiments, whichever of the two languages they speak.
        var api = app.MapGroup("").RequireScope("experiments:operate");
        ProxiesEndpoint.Map(api);
        ToxicsEndpoint.Map(api);
        LeasesEndpoint.Map(api);
        return app;
    }
}
