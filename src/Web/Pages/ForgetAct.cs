using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Everything that a person wrote is destroyed, by a form of the settings that only administrators see.</summary>
public static class ForgetAct
{
    private const string At = "/settings/people/forget";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/settings"));
    }

    private static async Task<IResult> Act(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("forget", fields);
        var person = form.Text("person");
        // It cannot be undone: a name that was mistyped once is hardly mistyped the same way twice.
        if (person is "" || person != form.Text("again"))
            return await Refuse(
                "The two names differ. Write the person's name twice; nothing was destroyed.",
                StatusCodes.Status400BadRequest
            );
        return await Refusals.Act(
            () => apis.Incidents.RedactPerson(person, new RedactEntry(form.Text("text")), stop),
            "/settings#set-forget",
            Refuse
        );

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await SettingsEndpoint.Read(apis, clock, stop);
            return Html.Of<SettingsPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }
}
