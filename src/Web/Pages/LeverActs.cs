using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>The safety lever of an environment is pulled and released, by forms of the page of game days.</summary>
public static class LeverActs
{
    private const string At = "/levers/{what}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/gamedays"));
    }

    private static async Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        return form.Given("environment") is { } environment
            ? await Refusals.Act(() => Do(apis.Experiments, environment, form, stop), "/gamedays#levers", Refuse)
            : await Refuse(
                "Environment is empty. Say where nothing may run any more.",
                StatusCodes.Status400BadRequest
            );

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await GameDayEndpoint.ReadList(apis, clock, new GameDaysPlace(), stop);
            return Html.Of<GameDaysPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static Task? Do(ExperimentsClient experiments, string environment, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "engage" => experiments.Engage(environment, new EngageLever(form.Text("text")), stop),
            "release" => experiments.Release(environment, new ReleaseLever(form.Text("text")), stop),
            _ => null,
        };
}
