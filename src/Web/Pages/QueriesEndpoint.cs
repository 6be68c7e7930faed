using System.Security.Cryptography;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>A kept query, and how posting what it finds goes; null where it is posted nowhere.</summary>
public sealed record KeptQuery(SavedTimelineView View, ViewWebhookState? Webhook);

/// <param name="Filled">The form that was refused; null when none was.</param>
/// <param name="Made">A secret that was made, shown once, and for which query.</param>
/// <param name="Tested">What came of a test message; null while none was sent.</param>
public sealed record QueriesModel(
    Answer<IReadOnlyList<KeptQuery>> Queries,
    DateTimeOffset Now,
    bool MayWrite,
    string? Refusal = null,
    Filled? Filled = null,
    (string View, string Secret)? Made = null,
    ViewWebhookTest? Tested = null
);

/// <summary>Queries that are kept for everybody: made, changed and dropped, and where what they find is posted.</summary>
public static class QueriesEndpoint
{
    private const string At = "/timeline/queries";
    private const int SecretBytes = 32;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(At, Page);
        pages.MapGet($"/fragments{At}", Fragment);
        pages.MapPost($"{At}/{{what}}", Act);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet($"{At}/{{what}}", () => TypedResults.LocalRedirect(At));
    }

    private static async Task<IResult> Page(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<QueriesPage>(await Read(apis, clock, stop));

    private static async Task<IResult> Fragment(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<QueriesPanel>(await Read(apis, clock, stop));

    private static async Task<QueriesModel> Read(Apis apis, TimeProvider clock, CancellationToken stop) =>
        new(await Answer.Of(Kept(apis.Incidents, stop)), clock.GetUtcNow(), apis.May("incidents:write"));

    private static async Task<IReadOnlyList<KeptQuery>> Kept(IncidentsClient incidents, CancellationToken stop)
    {
        var views = (await incidents.Views(stop)).Items;
        var hooks = await Task.WhenAll(views.Select(view => Webhook(incidents, view, stop)));
        return [.. views.Zip(hooks, (view, hook) => new KeptQuery(view, hook))];
    }

    // Somebody may take it away while it is read.
    private static async Task<ViewWebhookState?> Webhook(
        IncidentsClient incidents,
        SavedTimelineView view,
        CancellationToken stop
    ) => view.Webhook is null ? null : (await Answer.Of(incidents.ViewWebhook(view.Name, stop))).Value;

    private static async Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        try
        {
            return await Done(form, apis, clock, stop);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var (model, said) = (await Read(apis, clock, stop), Refusals.Sentence(problem));
            return Html.Of<QueriesPage>(model with { Refusal = said, Filled = form }, problem.Status);
        }
    }

    // What is shown once, and what came of a test, is the answer itself.
    private static async Task<IResult> Done(Filled form, Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var name = form.Text("name");
        switch (form.What)
        {
            case "test":
                var tested = await apis.Incidents.TestViewWebhook(name, stop);
                return Html.Of<QueriesPage>(await Read(apis, clock, stop) with { Tested = tested });
            case "post":
                return await Post(apis.Incidents, form, stop) is { } secret
                    ? Html.Of<QueriesPage>(await Read(apis, clock, stop) with { Made = (name, secret) })
                    : TypedResults.LocalRedirect(At);
        }

        if (Do(apis.Incidents, form, stop) is not { } doing)
            return TypedResults.NotFound();
        await doing;
        return TypedResults.LocalRedirect(At);
    }

    private static Task? Do(IncidentsClient incidents, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "keep" or "change" => incidents.SetView(
                form.Text("name"),
                new SetTimelineView(form.Text("query"), form.Given("about")),
                stop
            ),
            "end" => incidents.RemoveViewWebhook(form.Text("name"), stop),
            "drop" => incidents.RemoveView(form.Text("name"), stop),
            _ => null,
        };

    /// <summary>Says where to; answers with the secret where one had to be made.</summary>
    private static async Task<string?> Post(IncidentsClient incidents, Filled form, CancellationToken stop)
    {
        var (name, given) = (form.Text("name"), form.Given("secret"));
        var isNew = (await incidents.View(name, stop)).Webhook is null;
        var made =
            given is null && isNew
                ? $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))}"
                : null;
        var batch = (int)Math.Clamp(form.Number("batch") ?? 100, 0, 1_000);
        await incidents.SetViewWebhook(name, new SetViewWebhook(form.Given("address"), given ?? made, batch), stop);
        return made;
    }
}
