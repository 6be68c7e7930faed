using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Times in which nothing may be broken on purpose are declared and lifted, by forms of the page of game days.</summary>
public static class BlackoutActs
{
    private const string At = "/blackouts/{what}";

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
        return Missing(form) is { } missing
            ? await Refuse(missing, StatusCodes.Status400BadRequest)
            : await Refusals.Act(() => Do(apis.Experiments, form, stop), "/gamedays#blackouts", Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await GameDayEndpoint.ReadList(apis, clock, new GameDaysPlace(), stop);
            return Html.Of<GameDaysPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    // What a browser's own check lets through.
    private static string? Missing(Filled form) =>
        form.Given("environment") is null ? "Environment is empty. Say where nothing may be broken."
        : form.Given("name") is null ? "Name is empty. Give the blackout a name."
        : form.What != "declare" ? null
        : form.Moment("from") is null ? "From is no moment. Say when it begins."
        : form.Moment("until") is null ? "Until is no moment. Say when it ends."
        : null;

    private static Task? Do(ExperimentsClient experiments, Filled form, CancellationToken stop)
    {
        var (environment, name, reason) = (form.Text("environment"), form.Text("name"), form.Text("text"));
        return form.What switch
        {
            "declare" => experiments.DeclareBlackout(
                environment,
                name,
                new DeclareBlackout(
                    // On the wall clock of the zone, as it was typed.
                    new BlackoutWindow(
                        form.Moment("from")!.Value.DateTime,
                        form.Moment("until")!.Value.DateTime,
                        form.Text("zone"),
                        form.Given("weekly") is not null
                    ),
                    reason
                ),
                stop
            ),
            "lift" => experiments.LiftBlackout(environment, name, new LiftBlackout(reason), stop),
            _ => null,
        };
    }
}
