using Scalar.AspNetCore;
using Steady.Contracts;
using Steady.Incidents;
using Steady.Incidents.Exchange;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Steady.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args).AddServiceDefaults();
builder.Services.AddSingleton<Privacy, FeedSight>();
var vault = VaultSchema.Of(builder.Configuration);
builder.Services.AddSingleton(vault);
builder.AddEventStore(
    IncidentsSchema.Name,
    Announcements.Announce,
    options => IncidentsSchema.Configure(options, vault)
);
builder.AddBus(Subscriptions.Queues, Json.Apply, IncidentsProgram.AddConsumers);
builder.Services.AddRooms();
builder.Services.AddValidation();
builder.Services.AddOpenApi();

var app = builder.Build();
app.UseRateLimiter();
app.MapDefaultEndpoints();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference().AllowAnonymous();
app.MapRooms();

await app.RunAsync();
