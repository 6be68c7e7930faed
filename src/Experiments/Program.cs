using MassTransit;
using Scalar.AspNetCore;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Experiments.Design;
using Steady.Experiments.Exchange;
using Steady.Experiments.Faults;
using Steady.Experiments.GameDays;
using Steady.Experiments.Learning;
using Steady.Experiments.Prediction;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Spending;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments;

internal static class Program
{
    public static Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddValidation().AddOpenApi();
        builder.AddEventStore("experiments", Announcements.Announce, ExperimentsSchema.Configure);
        builder.AddBus(Subscriptions.Queues, Json.Apply, AddConsumers, new CatalogAsked("experiments"));
        builder.AddSafety();
        builder.AddLearning();
        builder.AddSpending();
        builder.Services.AddSingleton<FaultAgentClient>().AddSingleton<LeaseSigner>().AddSingleton<RunReader>();
        builder.Services.AddSingleton<RunWorker>().AddHostedService(all => all.GetRequiredService<RunWorker>());
        builder.Services.AddSingleton<DriverTools>().AddSingleton<StartWorker>().AddHostedService<GameDayWorker>();

        var app = builder.Build().MapDefaultEndpoints();
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference().AllowAnonymous();
        DesignsEndpoint.Map(app.MapGroup("/v1/experiments").WithTags("Experiments"));
        DesignSchemaEndpoint.Map(app);
        RunsEndpoint.Map(app);
        RunBudgetEndpoint.Map(app);
        GameDaysEndpoint.Map(app);
        LearningEndpoint.Map(app);
        SafetyEndpoint.Map(app);
        PredictionEndpoint.Map(app);
        app.MapGroup("/v1")
            .WithTags("Feed")
            .MapFeed()
            .RequireScope("experiments:read")
            .WithSummary("Announced events, live");
        return app.RunAsync();
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<SafetyConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Safety);
        bus.AddConsumer<CatalogConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Topologies);
    }
}
