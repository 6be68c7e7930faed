using System.Text;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>
/// What people do with a run that is over: they write down what it has shown and what is to be done about it, draft the test that it is
/// fixed, say that a fault is gone, and take its journal along.
/// </summary>
public static class RunActs
{
    private const string At = "/gamedays/{id:guid}/{what:regex(^(raise|link|regress|confirm)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays/{id:guid}/journal", Journal);
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, (Guid id) => TypedResults.LocalRedirect($"/gamedays/{id}"));
    }

    private static async Task<IResult> Journal(Guid id, Apis apis, CancellationToken stop) =>
        TypedResults.File(
            Encoding.UTF8.GetBytes(await apis.Experiments.Journal(id, stop)),
            "application/json",
            $"journal-{id}.json"
        );

    private static async Task<IResult> Act(
        Guid id,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var back = what == "confirm" ? $"/gamedays/{id}" : $"/gamedays/{id}#run-findings";
        return await Refusals.Act(() => Do(apis, id, form, stop), back, Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await GameDayEndpoint.Read(apis, clock, id, sentence, stop);
            return Html.Of<GameDayPage>(model with { Filled = form }, status);
        }
    }

    private static Task? Do(Apis apis, Guid run, Filled form, CancellationToken stop) =>
        form.What switch
        {
            // The form brings its key, so that pressing twice writes it down once.
            "raise" when form.One<FindingKind>("kind") is { } kind => apis.Findings.Raise(
                new RaiseFinding(run, kind, form.Text("title"), form.Given("text"), form.One<CouplingType>("coupling")),
                form.Given("key"),
                stop
            ),
            "link" when form.Id("id") is { } finding => apis.Findings.Link(
                finding,
                new LinkActionItem(form.Text("text"), form.Text("owner"), form.Day("due")),
                stop
            ),
            "regress" when form.Id("id") is { } finding => apis.Findings.Regression(finding, stop),
            "confirm" => apis.Experiments.Confirm(run, new ConfirmRevert(form.Text("evidence")), stop),
            _ => null,
        };
}
