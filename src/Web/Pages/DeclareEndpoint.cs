using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <param name="Form">What stands in the form.</param>
/// <param name="Services">What the catalog knows; another name may be written.</param>
/// <param name="Severities">What each of them means; empty where that is not known.</param>
/// <param name="Refusal">Why nothing was declared.</param>
public sealed record DeclareModel(
    Filled Form,
    IReadOnlyList<string> Services,
    IReadOnlyList<SeverityMeaning> Severities,
    bool MayWrite,
    string? Refusal = null
)
{
    public string? Meaning(Severity severity) => Severities.FirstOrDefault(one => one.Severity == severity)?.Meaning;
}

/// <summary>The page on which an incident is declared by hand: what suffers, how badly, since when.</summary>
public static class DeclareEndpoint
{
    private const string Key = "key";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/incidents/new", Page);
        pages.MapPost("/incidents/new", Declare);
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null,
        string? title = null,
        string? severity = null
    )
    {
        var fields = new Dictionary<string, string>
        {
            [Key] = NewKey(clock),
            ["service"] = service ?? "",
            ["title"] = title ?? "",
            ["severity"] = Enum.TryParse<Severity>(severity, ignoreCase: true, out var known) ? $"{known}" : "",
        };
        return Html.Of<DeclarePage>(await Read(apis, new Filled("new", fields), stop));
    }

    private static async Task<IResult> Declare(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("new", fields);
        if (Missing(form) is { } missing)
            return await Refuse(form, missing, StatusCodes.Status400BadRequest);
        try
        {
            // The form brings its key, so that pressing twice declares once.
            var incident = await apis.Incidents.Declare(Of(form), form.Given(Key), stop);
            return TypedResults.LocalRedirect($"/incidents/INC-{incident.Number}");
        }
        catch (ProblemException problem) when (problem.Code == "idempotency-key-reused")
        {
            // Somebody went back to a form that was sent, and wrote something else.
            var again = form with
            {
                Fields = new Dictionary<string, string>(form.Fields) { [Key] = NewKey(clock) },
            };
            return await Refuse(
                again,
                "This form has declared an incident already. To declare another one, send it again.",
                problem.Status
            );
        }
        catch (ProblemException problem) when (problem.Status is 0)
        {
            const string Silent =
                "The service does not answer. What you wrote is kept: send it again, it is declared once.";
            return await Refuse(form, Silent, StatusCodes.Status502BadGateway);
        }
        catch (ProblemException problem) when (problem.Status is not 401)
        {
            return await Refuse(form, Refusals.Sentence(problem), problem.Status);
        }

        async Task<IResult> Refuse(Filled filled, string why, int status) =>
            Html.Of<DeclarePage>(await Read(apis, filled, stop) with { Refusal = why }, status);
    }

    // What a browser's own check lets through.
    private static string? Missing(Filled form) =>
        form.Given("service") is null ? "Say which service suffers."
        : form.One<Severity>("severity") is null ? "Choose how bad it is."
        : form.Given("title") is null ? "Say in a few words what people see."
        : form.Given("began") is not null && form.Moment("began") is null
            ? "When it began is no moment. Leave it empty for now."
        : null;

    private static DeclareIncident Of(Filled form) =>
        new(
            form.Text("service"),
            form.One<Severity>("severity")!.Value,
            form.Text("title"),
            form.Moment("began"),
            form.Given("triage") is not null,
            form.Given("drill") is not null,
            form.Given("private") is not null
        );

    // The page is there also while neither is known: an incident has to be declared when much is broken.
    private static async Task<DeclareModel> Read(Apis apis, Filled form, CancellationToken stop)
    {
        var catalog = Answer.Of(apis.Catalog.List(CatalogKind.Component, stop: stop));
        var severities = Answer.Of(apis.Incidents.Severities(stop: stop));
        return new DeclareModel(
            form,
            [.. ((await catalog).Value?.Items ?? []).Select(entry => entry.Name).Order(StringComparer.Ordinal)],
            (await severities).Value?.Severities ?? [],
            apis.May("incidents:write")
        );
    }

    private static string NewKey(TimeProvider clock) => $"{Guid.CreateVersion7(clock.GetUtcNow())}";
}
