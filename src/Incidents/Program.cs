using MassTransit;
using Scalar.AspNetCore;
using Steady.Contracts;
using Steady.Incidents;
using Steady.Incidents.Exchange;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Intake;
using Steady.Incidents.OnCall;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Steady.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args).AddServiceDefaults();
builder.AddEventStore(IncidentsSchema.Name, Announcements.Announce, IncidentsSchema.Configure);
builder.AddBus(
    Subscriptions.Queues,
    Json.Apply,
    bus =>
    {
        bus.AddConsumer<BurnAlertOpenedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<RevertUnconfirmedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<ActionItemLinkedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<AlertFiredConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Intake);
        bus.AddConsumer<TimelineConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Timeline);
    }
);
builder.Services.AddScoped<OpenIncidents>();
builder.Services.AddSingleton<IntakeLane>();
builder.Services.AddValidation();
builder.Services.AddOpenApi();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference().AllowAnonymous();

var read = app.MapGroup("/v1").RequireScope("incidents:read");
IncidentBoardEndpoint.Map(read);
TimelineEndpoint.Map(read);
FollowUpsEndpoint.Read(read);
AlertsEndpoint.Map(read);
RoutesEndpoint.Read(read);
OnCallEndpoint.Map(read);
read.MapFeed().WithTags("Feed").WithSummary("What happens to incidents, live, as server-sent events");

var write = app.MapGroup("/v1").RequireScope("incidents:write");
DeclareIncidentEndpoint.Map(write);
AcknowledgeIncidentEndpoint.Map(write);
ChangeSeverityEndpoint.Map(write);
AddNoteEndpoint.Map(write);
MitigateIncidentEndpoint.Map(write);
ResolveIncidentEndpoint.Map(write);
FollowUpsEndpoint.Write(write);
RoutesEndpoint.Write(write);
SetScheduleEndpoint.Map(write);

AlertmanagerEndpoint.Map(app.MapGroup("/v1"));

await app.RunAsync();
