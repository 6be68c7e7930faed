using Scalar.AspNetCore;
using Steady.Budgets;
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;
using Steady.Budgets.Counts;
using Steady.Budgets.Exchange;
using Steady.Budgets.Gates;
using Steady.Budgets.History;
using Steady.Budgets.Intake;
using Steady.Budgets.Objectives;
using Steady.Budgets.Prometheus;
using Steady.Budgets.Toil;
using Steady.Budgets.WhatIf;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Steady.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
CountSchema.Add(builder);
builder.AddEventStore("budgets", Announcements.Of, StoredShapes.Define);
builder.AddBus(
    Subscriptions.Queues,
    Json.Apply,
    bus =>
    {
        bus.AddConsumer<AttributionConsumer>().Endpoint(queue => queue.Name = Subscriptions.Attribution);
        bus.AddConsumer<ToilConsumer>().Endpoint(queue => queue.Name = Subscriptions.Toil);
        bus.AddConsumer<CatalogConsumer>().Endpoint(queue => queue.Name = Subscriptions.Services);
    },
    new CatalogAsked("budgets")
);
builder.Services.AddGates();
builder.Services.AddBudgetReaders().AddBurn();
builder.Services.AddIntake().AddValidation().AddOpenApi();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference().AllowAnonymous();

var v1 = app.MapGroup("/v1");
ObjectivesEndpoint.Map(v1);
RecordCountsEndpoint.Map(v1);
BudgetStatusEndpoint.Map(v1);
BudgetHistoryEndpoint.Map(v1);
AskWhatIfEndpoint.Map(v1);
ToilDoorsEndpoint.Map(v1);
CompositeRoomEndpoint.Map(v1);
GateRoomsEndpoint.Map(v1);
v1.MapFeed().RequireScope("budgets:read").WithTags("Feed").WithSummary("What happens to budgets, live and resumable.");

// Where Prometheus' clients look for it below an address.
var prometheus = app.MapGroup("/api/v1");
PrometheusDoorsEndpoint.Map(prometheus);
IntakeEdges.Map(v1, prometheus);

app.Run();
