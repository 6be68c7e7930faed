using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Past periods of a budget that do not count.</summary>
/// <param name="Path">Where its forms are sent to, without their names.</param>
/// <param name="After">Where the page of the list begins; null for the newest.</param>
public sealed record AdjustmentsModel(
    string Objective,
    string Path,
    Answer<Page<AdjustmentView>> Adjustments,
    DateTimeOffset Now,
    string Me,
    bool MayWrite,
    Filled? Filled,
    string? After = null,
    string? Refusal = null
)
{
    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;
}

/// <summary>All of them, page by page: an old one is approved and taken back as a new one is.</summary>
public static class AdjustmentsEndpoint
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/budgets/{name}/adjustments", Page);
        pages.MapPost("/budgets/{name}/adjustments/{what}", Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet("/budgets/{name}/adjustments/{what}", (string name) => TypedResults.LocalRedirect(Path(name)));
    }

    public static string Path(string name, string? after = null) =>
        $"/budgets/{Uri.EscapeDataString(name)}/adjustments{(after is null ? "" : $"?after={Uri.EscapeDataString(after)}")}";

    private static async Task<IResult> Page(
        string name,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null
    ) => Html.Of<AdjustmentsPage>(await Read(apis, clock, name, after, stop));

    private static async Task<IResult> Act(
        string name,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var after = form.Given("after");
        return BudgetActs.Missing(form) is { } missing
            ? await Refuse(missing, StatusCodes.Status400BadRequest)
            : await Refusals.Act(() => BudgetActs.Adjust(apis.Gates, name, form, stop), Path(name, after), Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, clock, name, after, stop);
            return Html.Of<AdjustmentsPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static async Task<AdjustmentsModel> Read(
        Apis apis,
        TimeProvider clock,
        string name,
        string? after,
        CancellationToken stop
    ) =>
        new(
            name,
            Path(name),
            new(await apis.Gates.Adjustments(name, Most, after, stop), null),
            clock.GetUtcNow(),
            apis.Me,
            apis.May("budgets:write"),
            null,
            after
        );
}
