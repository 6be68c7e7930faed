using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What is set for everybody; each part is shown although another one's is not known.</summary>
public sealed record SettingsModel(
    Answer<SeveritiesView> Severities,
    Answer<AlertRoutesView> Routes,
    Answer<AlertGroupingView> Grouping,
    Answer<Page<EscalationPolicyView>> Policies,
    Answer<Page<ContactView>> Contacts,
    Answer<Page<SilenceView>> Silences,
    Answer<StatusSubscriptions> Subscriptions,
    DateTimeOffset Now,
    bool MayWrite,
    bool MayForget,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;
}

/// <summary>What the severities mean, what becomes of alerts, who is paged for what. Read here, set as documents on pages of their own.</summary>
public static class SettingsEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/settings", Page);
        pages.MapGet("/fragments/settings", Fragment);
        SilenceActs.Map(pages);
        ForgetAct.Map(pages);
        SubscriberActs.Map(pages);
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? silence = null
    ) => Html.Of<SettingsPage>(await Read(apis, clock, stop) with { Filled = SilenceActs.Begun(silence) });

    private static async Task<IResult> Fragment(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<SettingsPanel>(await Read(apis, clock, stop));

    internal static async Task<SettingsModel> Read(Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var severities = Answer.Of(apis.Incidents.Severities(stop: stop));
        var routes = Answer.Of(apis.Incidents.AlertRoutes(stop));
        var grouping = Answer.Of(apis.Incidents.AlertGrouping(stop));
        var policies = Answer.Of(apis.Paging.Policies(stop));
        var contacts = Answer.Of(apis.Paging.Contacts(stop));
        var silences = Answer.Of(apis.Incidents.Silences(stop: stop));
        var subscriptions = Answer.Of(apis.Catalog.Subscriptions(stop));
        return new SettingsModel(
            await severities,
            await routes,
            await grouping,
            await policies,
            await contacts,
            await silences,
            await subscriptions,
            clock.GetUtcNow(),
            apis.May("incidents:write"),
            apis.May("admin")
        );
    }
}
