using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>How long things took, and of which incidents that is asked.</summary>
/// <param name="Measures">Of what was asked for; of the last 90 days where that cannot be.</param>
/// <param name="Services">Those that can be asked for.</param>
/// <param name="Asked">The form above it.</param>
/// <param name="Refusal">Why what was asked for cannot be told.</param>
public sealed record MeasuresModel(
    IncidentMeasures Measures,
    IReadOnlyList<string> Services,
    Filled Asked,
    string? Refusal
);

public static class MeasuresEndpoint
{
    private static readonly string[] Fields = ["from", "to", "service", "severity"];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/incidents/measures", Page);

    private static async Task<IResult> Page(Apis apis, HttpRequest request, CancellationToken stop)
    {
        var asked = new Filled("measures", Fields.ToDictionary(field => field, field => $"{request.Query[field]}"));
        var catalog = Answer.Of(apis.Catalog.List(CatalogKind.Component, stop: stop));
        var (measures, refusal) = await Measured(apis, asked, stop);
        IReadOnlyList<string> services =
        [
            .. ((await catalog).Value?.Items ?? [])
                .Select(entry => entry.Name)
                .Concat(measures.Figures.Select(one => one.Service))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return Html.Of<MeasuresPage>(new MeasuresModel(measures, services, asked, refusal));
    }

    private static async Task<(IncidentMeasures Measures, string? Refusal)> Measured(
        Apis apis,
        Filled asked,
        CancellationToken stop
    )
    {
        // The last day counts whole.
        var to = asked.Moment("to");
        to = asked.Day("to") is null ? to : to?.AddDays(1);
        try
        {
            var (service, severity) = (asked.Given("service"), asked.One<Severity>("severity"));
            return (await apis.Postmortems.Measures(asked.Moment("from"), to, service, severity, stop), null);
        }
        catch (ProblemException problem) when (problem.Status == 400)
        {
            return (await apis.Postmortems.Measures(stop: stop), Refusals.Sentence(problem));
        }
    }
}
