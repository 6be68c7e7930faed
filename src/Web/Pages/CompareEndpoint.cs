using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>The incidents that are most like one.</summary>
public sealed record SimilarModel(IncidentView Incident, SimilarIncidents Similar)
{
    public string Path => $"/incidents/INC-{Incident.Number}";
}

/// <summary>Two incidents beside each other.</summary>
public sealed record DiffModel(IncidentView Left, IncidentView Right, IncidentDiff Diff, DateTimeOffset Now)
{
    public string Path => $"/incidents/INC-{Left.Number}/diff/INC-{Right.Number}";
}

/// <summary>What was true of an incident, what was known of it, and what others were told.</summary>
public sealed record KnowledgeModel(IncidentView Incident, KnowledgeGap Gap)
{
    public string Path => $"/incidents/INC-{Incident.Number}";
}

/// <summary>What an incident is like, how it differs from another one, and who knew what of it when.</summary>
public static class CompareEndpoint
{
    private const int Most = 8;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/incidents/{id}/similar", Similar);
        pages.MapGet("/incidents/{id}/diff/{other}", Diff);
        pages.MapGet("/incidents/{id}/knowledge", Knowledge);
    }

    private static async Task<IResult> Similar(string id, Apis apis, CancellationToken stop)
    {
        var (incident, similar) = (apis.Incidents.Get(id, stop), apis.Incidents.Similar(id, Most, stop));
        return Html.Of<SimilarPage>(new SimilarModel(await incident, await similar));
    }

    private static async Task<IResult> Diff(
        string id,
        string other,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        IncidentMoment? align = null
    )
    {
        var (left, right) = (apis.Incidents.Get(id, stop), apis.Incidents.Get(other, stop));
        var by = align is { } moment ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{moment}") : null;
        var (one, two) = (await left, await right);
        return Html.Of<DiffPage>(
            new DiffModel(one, two, await apis.Incidents.Diff(id, other, by, stop), clock.GetUtcNow())
        );
    }

    private static async Task<IResult> Knowledge(
        string id,
        Apis apis,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        var (incident, gap) = (apis.Incidents.Get(id, stop), apis.Incidents.KnowledgeGap(id, at, stop));
        return Html.Of<KnowledgePage>(new KnowledgeModel(await incident, await gap));
    }
}
