using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What people decide about a budget: which past period does not count, and which denied question is let through.</summary>
public static class BudgetActs
{
    private const string At = "/budgets/{name}/{what}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, (string name) => TypedResults.LocalRedirect(Path(name)));
    }

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
        return Missing(form) is { } missing
            ? await Refuse(missing, StatusCodes.Status400BadRequest)
            : await Refusals.Act(() => Do(apis, name, form, stop), Path(name), Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await BudgetEndpoint.Read(apis, clock, name, stop);
            return Html.Of<BudgetPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    // What a browser's own check lets through.
    internal static string? Missing(Filled form) =>
        form.What != "propose" ? null
        : form.Moment("from") is null ? "From is no moment. Say when the period began."
        : form.Moment("to") is null ? "Until is no moment. Say when the period ended."
        : form.One<AdjustmentCategory>("category") is null ? "Choose why it does not count."
        : null;

    private static Task? Do(Apis apis, string name, Filled form, CancellationToken stop) =>
        Adjust(apis.Gates, name, form, stop) ?? DecisionEndpoint.Do(apis, form.Id("id") ?? Guid.Empty, form, stop);

    /// <summary>What people decide about a past period; null for a form that is about something else.</summary>
    internal static Task? Adjust(GatesClient gates, string name, Filled form, CancellationToken stop)
    {
        var id = form.Id("id") ?? Guid.Empty;
        return form.What switch
        {
            "propose" => gates.Propose(
                name,
                new ProposeAdjustment(
                    form.Moment("from")!.Value,
                    form.Moment("to")!.Value,
                    form.One<AdjustmentCategory>("category")!.Value,
                    form.Text("text")
                ),
                stop: stop
            ),
            "approve" => gates.Approve(name, id, stop),
            "revoke" => gates.Revoke(name, id, new RevokeAdjustment(form.Text("text")), stop),
            _ => null,
        };
    }

    private static string Path(string name) => $"/budgets/{Uri.EscapeDataString(name)}";
}
