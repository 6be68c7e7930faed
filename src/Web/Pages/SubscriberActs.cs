using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>An address that gets mails about the status page is forgotten, by a form of the settings that only administrators see.</summary>
public static class SubscriberActs
{
    private const string At = "/settings/subscribers/forget-address";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Forget);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/settings"));
    }

    private static Task<IResult> Forget(IFormCollection fields, Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("forget-address", fields);
        return Refusals.Act(
            () => apis.Catalog.Forget(new ForgetStatusSubscriber(form.Text("email")), stop),
            "/settings#set-subscribers",
            async (sentence, status) =>
            {
                var model = await SettingsEndpoint.Read(apis, clock, stop);
                return Html.Of<SettingsPage>(model with { Refusal = sentence, Filled = form }, status);
            }
        );
    }
}
