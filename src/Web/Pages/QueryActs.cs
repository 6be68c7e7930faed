using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>A kept query, and how posting what it finds goes; null where it is posted nowhere.</summary>
public sealed record KeptQuery(SavedTimelineView View, ViewWebhookState? Webhook);

/// <summary>What kept queries find is posted, posted no more, and queries are dropped, by forms of the settings.</summary>
public static class QueryActs
{
    private const string At = "/settings/queries/{what}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/settings"));
    }

    public static async Task<IReadOnlyList<KeptQuery>> Read(Apis apis, CancellationToken stop)
    {
        var kept = new List<KeptQuery>();
        foreach (var view in (await apis.Incidents.Views(stop)).Items)
            kept.Add(new(view, view.Webhook is null ? null : await apis.Incidents.ViewWebhook(view.Name, stop)));
        return kept;
    }

    private static Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        return Refusals.Act(() => Do(apis.Incidents, form, stop), "/settings#set-queries", Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await SettingsEndpoint.Read(apis, clock, stop);
            return Html.Of<SettingsPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static Task? Do(IncidentsClient incidents, Filled form, CancellationToken stop)
    {
        var name = form.Text("name");
        return form.What switch
        {
            "post" => incidents.SetViewWebhook(name, new(form.Given("address"), form.Given("secret")), stop),
            "end" => incidents.RemoveViewWebhook(name, stop),
            "drop" => incidents.RemoveView(name, stop),
            _ => null,
        };
    }
}
