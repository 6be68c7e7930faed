using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <param name="Reads">Newest first.</param>
public sealed record ReadsModel(IncidentView Incident, Page<IncidentRead> Reads)
{
    public string Path => $"/incidents/INC-{Incident.Number}";
}

/// <summary>Who has read of an incident while it was private. A page of its own: to look at it is a read, too.</summary>
public static class ReadsEndpoint
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/incidents/{id}/reads", Page);

    private static async Task<IResult> Page(string id, Apis apis, CancellationToken stop, string? after = null)
    {
        var incident = await apis.Incidents.Get(id, stop);
        return Html.Of<ReadsPage>(
            new ReadsModel(incident, await apis.Incidents.Reads(id, limit: 100, after: after, stop: stop))
        );
    }
}
