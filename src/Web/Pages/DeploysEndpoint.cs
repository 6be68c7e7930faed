using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What went out, newest first.</summary>
/// <param name="Service">Only what this service may feel; null for all.</param>
/// <param name="After">Where the list begins; null for the newest.</param>
/// <param name="Key">Names the next deployment that is told of here: sent twice, it is told once.</param>
public sealed record DeploysModel(
    Answer<Page<DeployView>> Deploys,
    string? Service,
    string? After,
    DateTimeOffset Now,
    bool MayTell,
    string Key,
    string? Refusal = null,
    Filled? Filled = null
)
{
    public string Query => DeploysEndpoint.Query(Service, After);

    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string field) => Filled?.Given(field);
}

/// <summary>Deployments: what fails for a while after one is put down to it.</summary>
public static class DeploysEndpoint
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/deploys", Page);
        pages.MapGet("/fragments/deploys", Fragment);
        pages.MapPost("/deploys/record", Record);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet("/deploys/record", () => TypedResults.LocalRedirect("/deploys"));
    }

    public static string Query(string? service, string? after) =>
        AddressQuery.Of(("service", service), ("after", after));

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null,
        string? after = null
    ) => Html.Of<DeploysPage>(await Read(apis, clock, service, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null,
        string? after = null
    ) => Html.Of<DeploysPanel>(await Read(apis, clock, service, after, stop));

    private static async Task<IResult> Record(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("record", fields);
        if (form.Given("at") is not null && form.Moment("at") is null)
            return await Refuse(
                "When is no moment. Say when it went out, or leave it empty for now.",
                StatusCodes.Status400BadRequest
            );
        var deploy = new RecordDeploy(
            form.Text("service"),
            form.Text("ref"),
            form.Text("environment"),
            form.Moment("at"),
            DayForm.Names(form.Text("affects")) is { Count: > 0 } felt ? felt : null,
            form.Given("team"),
            form.Given("class"),
            form.Given("rollback") is not null
        );
        return await Refusals.Act(
            () => apis.Gates.Record(deploy, form.Given("key"), stop),
            $"/deploys{Query(deploy.Service, null)}",
            Refuse
        );

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, clock, form.Given("service"), null, stop);
            return Html.Of<DeploysPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static async Task<DeploysModel> Read(
        Apis apis,
        TimeProvider clock,
        string? service,
        string? after,
        CancellationToken stop
    )
    {
        var wanted = string.IsNullOrWhiteSpace(service) ? null : service.Trim();
        var now = clock.GetUtcNow();
        return new DeploysModel(
            await Answer.Of(apis.Gates.Deploys(wanted, Most, after, stop)),
            wanted,
            after,
            now,
            apis.May("budgets:write") || apis.May("gate:ask"),
            $"{Guid.CreateVersion7(now)}"
        );
    }
}
