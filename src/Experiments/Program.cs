using JasperFx.Events.Projections;
using Scalar.AspNetCore;
using Steady.Contracts;
using Steady.Experiments.Design;
using Steady.Experiments.Exchange;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Safety.Levers;
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
        builder.AddEventStore("experiments", Announcements.Announce, Store);
        builder.AddBus(
            Subscriptions.Queues,
            Json.Apply,
            bus => bus.AddConsumer<SafetyConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Safety)
        );
        builder.AddSafety();
        builder.Services.AddSingleton<FaultAgentClient>();
        builder.Services.AddSingleton<RunReader>().AddSingleton<DriverTools>().AddSingleton<StartWorker>();
        builder.Services.AddSingleton<RunWorker>().AddHostedService(all => all.GetRequiredService<RunWorker>());

        var app = builder.Build().MapDefaultEndpoints();
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference().AllowAnonymous();
        var experiments = app.MapGroup("/v1/experiments").WithTags("Experiments");
        DraftExperimentEndpoint.Map(experiments);
        FreezeDesignEndpoint.Map(experiments);
        ExperimentPageEndpoint.Map(experiments);
        StartRunEndpoint.Map(experiments);
        RunsEndpoint.Map(app);
        SafetyEndpoint.Map(app);
        app.MapGroup("/v1")
            .WithTags("Feed")
            .MapFeed()
            .RequireScope("experiments:read")
            .WithSummary("Announced events, live");
        return app.RunAsync();
    }

    private static void Store(Marten.StoreOptions store)
    {
        foreach (var (type, name) in StoredNames.All)
            store.Events.MapEventType(type, name);
        store.Projections.Snapshot<Experiment>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Run>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<Lever>(SnapshotLifecycle.Inline);
    }
}
