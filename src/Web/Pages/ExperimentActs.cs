using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What is decided about an experiment as it stands: it is frozen, run, let into the next environment, and that is taken back.</summary>
public static class ExperimentActs
{
    private const string At = "/experiments/{name}/{what:regex(^(freeze|promote|demote)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        pages.MapPost("/experiments/{name}/run", Run);
    }

    // Where a gate says no there is a run as well: its page says which, and why.
    private static async Task<IResult> Run(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("run", fields);
        try
        {
            var run = await apis.Experiments.Start(name, form.Given("key"), stop);
            return TypedResults.LocalRedirect($"/gamedays/{run.Id}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            return await Refused(name, form, apis, clock, Refusals.Sentence(problem), problem.Status, stop);
        }
    }

    private static Task<IResult> Act(
        string name,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        return Refusals.Act(() => Do(apis, name, form, stop), $"/experiments/{Uri.EscapeDataString(name)}", Refuse);

        Task<IResult> Refuse(string sentence, int status) => Refused(name, form, apis, clock, sentence, status, stop);
    }

    private static async Task<IResult> Refused(
        string name,
        Filled form,
        Apis apis,
        TimeProvider clock,
        string sentence,
        int status,
        CancellationToken stop
    )
    {
        var model = await DesignEndpoint.Standing(apis, clock, name, sentence, stop);
        return Html.Of<DesignPage>(model with { Filled = form }, status);
    }

    private static Task? Do(Apis apis, string name, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "freeze" => apis.Experiments.Freeze(name, stop),
            "promote" => apis.Experiments.Promote(name, stop),
            "demote" => apis.Experiments.Demote(name, new RevokePromotion(form.Text("text")), stop),
            _ => null,
        };
}
