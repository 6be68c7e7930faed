using System.Globalization;
using Steady.FaultAgent;
using Steady.FaultAgent.Http;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;
using Steady.ServiceDefaults;

// The agent starts itself as its own guard.
if (args is [GuardProgram.Command, var undo, var id, var started])
    return await GuardProgram.Run(
        undo,
        new(int.Parse(id, CultureInfo.InvariantCulture), long.Parse(started, CultureInfo.InvariantCulture))
    );

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

builder.Services.AddSingleton<AgentClock>();
builder.Services.AddSingleton(new Chance(builder.Configuration.GetValue("Toxicity:Seed", 1UL)));
builder.Services.AddSingleton<Proxies>().AddInjectors();
builder.Services.AddSingleton<JournalKeeper>();
builder.Services.AddSingleton(services => services.GetRequiredService<JournalKeeper>().OpenBook());
builder.Services.AddHostedService<EdgesWorker>();
builder.Services.AddSingleton<Seal>().AddHostedService<OpenModeWorker>();

var app = builder.Build();
app.MapDefaultEndpoints();

// Faults are for those who may operate experiments, whichever of the two languages they speak.
var api = app.MapGroup("").RequireScope("experiments:operate");
ProxiesEndpoint.Map(api);
ToxicsEndpoint.Map(api);
LeasesEndpoint.Map(api);
ChaosEndpoint.Map(app.MapGroup("").RequireScope("experiments:read"));

await app.RunAsync();
return 0;
