using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>All silences, also those that are over.</summary>
public sealed record SilencesModel(Page<SilenceView> Silences, DateTimeOffset Now);

/// <summary>Every version of the rules by which alerts make one incident, newest first.</summary>
public sealed record GroupingsModel(Page<AlertGroupingView> Versions, DateTimeOffset Now);

/// <summary>What was silenced and what was set before: who asks why an alert was not told finds it here.</summary>
public static class PastRulesEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/settings/silences", Silences);
        pages.MapGet("/settings/alert-grouping/history", Groupings);
    }

    private static async Task<IResult> Silences(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null
    ) =>
        Html.Of<SilencesPage>(
            new SilencesModel(await apis.Incidents.Silences(all: true, after, stop), clock.GetUtcNow())
        );

    private static async Task<IResult> Groupings(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<GroupingsPage>(new GroupingsModel(await apis.Incidents.AlertGroupingHistory(stop), clock.GetUtcNow()));
}
