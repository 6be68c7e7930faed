using Steady.Web.Plots;
using Steady.Web.SignIn;

namespace Steady.Web.Pages;

/// <summary>Every page of the console, by hand: reads like a table of contents.</summary>
public static class PagesSetup
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddHttpClient(Apis.Client, http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddScoped<Apis>();
        services.AddScoped<Pager>();
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<TimelineReader>();
        services.AddSingleton(site => Plotting.StyleOf(site.GetRequiredService<IWebHostEnvironment>()));
        services.AddScoped<Plotting>();
        services.AddSingleton<LinkPreviews>();
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RequireSession().AddEndpointFilter(Refusals.Show);
        NowEndpoint.Map(pages);
        TimelineEndpoint.Map(pages);
        TimelineFileEndpoint.Map(pages);
        ProofEndpoint.Map(pages);
        QueriesEndpoint.Map(pages);
        EvidenceImportEndpoint.Map(pages);
        CompareEndpoint.Map(pages);
        DeclareEndpoint.Map(pages);
        ReadsEndpoint.Map(pages);
        MeasuresEndpoint.Map(pages);
        FollowUpsEndpoint.Map(pages);
        AlertsEndpoint.Map(pages);
        IncidentEndpoint.Map(pages);
        PostmortemEndpoint.Map(pages);
        PostmortemsEndpoint.Map(pages);
        ReviewEndpoint.Map(pages);
        GameDayEndpoint.Map(pages);
        DayEndpoint.Map(pages);
        ImportEndpoint.Map(pages);
        DesignEndpoint.Map(pages);
        FindingsEndpoint.Map(pages);
        BudgetEndpoint.Map(pages);
        ObjectiveEndpoint.Map(pages);
        WhatIfEndpoint.Map(pages);
        GatesEndpoint.Map(pages);
        DeploysEndpoint.Map(pages);
        CompositeEndpoint.Map(pages);
        ToilEndpoint.Map(pages);
        OnCallEndpoint.Map(pages);
        SentPagesEndpoint.Map(pages);
        LoadEndpoint.Map(pages);
        PagerEndpoint.Map(pages);
        MapEndpoint.Map(pages);
        CatalogEndpoint.Map(pages);
        SettingsEndpoint.Map(pages);
        PastRulesEndpoint.Map(pages);
        SettingEndpoint.Map(pages);
        TokensEndpoint.Map(pages);
        MissingEndpoint.Map(routes);
    }
}
