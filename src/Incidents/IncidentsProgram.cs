using MassTransit;
using Steady.Contracts;
using Steady.Incidents.Catalog;
using Steady.Incidents.Exchange;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Intake;
using Steady.Incidents.Learning;
using Steady.Incidents.Load;
using Steady.Incidents.OnCall;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Incidents.Status;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Analysis;
using Steady.Incidents.Timeline.Otlp;
using Steady.Incidents.Timeline.Query;
using Steady.Incidents.Timeline.Replay;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents;

/// <summary>What of each room the program needs: its doors, its ears, what they share.</summary>
public static class IncidentsProgram
{
    public static void AddRooms(this IServiceCollection services)
    {
        services.AddScoped<OpenIncidents>();
        services.AddHostedService<RemindersWorker>();
        services.AddSingleton<IntakeLane>();
        services.AddSingleton<IncomingAlerts>();
        services.AddHostedService<SilenceWorker>();
        services.AddSingleton<StatusWorker>();
        services.AddHostedService(all => all.GetRequiredService<StatusWorker>());
        services.AddSingleton(all =>
            StatusSettings.Of(
                all.GetRequiredService<IConfiguration>(),
                all.GetRequiredService<PagingSettings>().Console,
                all.GetRequiredService<MailSender>().From
            )
        );
        services.AddHostedService<StatusNewsWorker>();
        services.AddHostedService<StatusMailWorker>();
        services.AddSingleton<Allowance>();
        services.AddSingleton<SeenOnce>();
        services.AddEvidenceLane();
        services.AddSingleton<IncidentTraitsSchema>();
        services.AddSingleton<StoriesSchema>();
        services.AddSingleton<ContradictionsReaderSchema>();
        services.AddSingleton<EvidenceWorker>();
        services.AddHostedService(all => all.GetRequiredService<EvidenceWorker>());
        services.AddSingleton(provider => PagingSettings.Of(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<PageSender>();
        services.AddSingleton<ReplaySeats>();
        services.AddSingleton<PagerPulse>();
        services.AddSingleton<PagerHealth>();
        services.AddHealthChecks().AddCheck<PagerHealth>("pager");
        services.AddHostedService<EscalationWorker>();
        services.AddHostedService<PageWorker>();
        services.AddHostedService<PagerHealthWorker>();
        services.AddHostedService<ViewWebhookWorker>();
    }

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<BurnAlertOpenedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<RevertUnconfirmedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<ActionItemLinkedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<BurnConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Response);
        bus.AddConsumer<AlertFiredConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Intake);
        bus.AddConsumer<TimelineConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Timeline);
        bus.AddConsumer<CatalogAskedConsumer>().Endpoint(endpoint => endpoint.Name = Subscriptions.Catalog);
    }

    public static void MapRooms(this WebApplication app)
    {
        var read = app.MapGroup("/v1").RequireScope("incidents:read").Guarded();
        ResponseEndpoint.Read(read);
        TimelineEndpoint.Map(read);
        EntryHistoryEndpoint.Map(read);
        AnalysisEndpoint.Read(read);
        ProofEndpoint.Map(read);
        FollowUpsEndpoint.Read(read);
        LearningEndpoint.Read(read);
        IntakeEndpoint.Read(read);
        CatalogEndpoint.Read(read);
        StatusEndpoint.Read(read);
        SubscriptionsEndpoint.Read(read);
        OnCallEndpoint.Map(read);
        EscalationPoliciesEndpoint.Read(read);
        ContactsEndpoint.Read(read);
        PagesEndpoint.Map(read);
        LoadEndpoint.Map(read);
        read.MapFeed().WithTags("Feed").WithSummary("What happens to incidents, live, as server-sent events");

        MapWriting(app);
        var admin = app.MapGroup("/v1").RequireScope("admin");
        RedactEntryEndpoint.Map(admin);
        SubscriptionLinksEndpoint.Admin(admin);
        IntakeEndpoint.Open(app);
        LogsEndpoint.Open(app);
        CalendarEndpoint.Open(app.MapGroup("/v1"));
        StatusEndpoint.Open(app);
        SubscriptionsEndpoint.Open(app);
        SubscriptionLinksEndpoint.Open(app);
    }

    private static void MapWriting(WebApplication app)
    {
        var write = app.MapGroup("/v1").RequireScope("incidents:write").Guarded();
        ResponseEndpoint.Write(write);
        WriteEntryEndpoint.Map(write);
        CorrectEntryEndpoint.Map(write);
        SavedViewsEndpoint.Write(write);
        ViewWebhookEndpoint.Write(write);
        TestWebhookEndpoint.Write(write);
        AnalysisEndpoint.Write(write);
        FollowUpsEndpoint.Write(write);
        LearningEndpoint.Write(write);
        IntakeEndpoint.Write(write);
        SetCatalogEndpoint.Write(write);
        SetScheduleEndpoint.Map(write);
        EscalationPoliciesEndpoint.Write(write);
        ContactsEndpoint.Write(write);
        EscalateIncidentEndpoint.Map(write);
    }
}
