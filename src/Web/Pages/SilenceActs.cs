using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Alerts are silenced for a while, and a silence is ended, by forms of the settings.</summary>
public static class SilenceActs
{
    private const string At = "/settings/{what:regex(^(silence|unsilence)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/settings"));
    }

    /// <summary>The form with labels that a link names, one a line; null without any.</summary>
    public static Filled? Begun(string? matchers) =>
        matchers is null
            ? null
            : new Filled("silence", new Dictionary<string, string> { ["matchers"] = matchers, ["minutes"] = "60" });

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
            : await Refusals.Act(
                () => Do(apis.Incidents, form, clock.GetUtcNow(), stop),
                "/settings#set-silences",
                Refuse
            );

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await SettingsEndpoint.Read(apis, clock, stop);
            return Html.Of<SettingsPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    // What a browser's own check lets through.
    private static string? Missing(Filled form) =>
        form.What != "silence" ? null
        : form.Given("from") is not null && form.Moment("from") is null
            ? "From is no moment. Leave it empty to begin now."
        : form.Given("until") is not null && form.Moment("until") is null ? "Until is no moment. Say when it ends."
        : form.Given("until") is null && form.Number("minutes") is not (> 0 and <= 44_640)
            ? "Say for how many minutes, 1 to 44640, or until when."
        : null;

    private static Task? Do(IncidentsClient incidents, Filled form, DateTimeOffset now, CancellationToken stop) =>
        form.What switch
        {
            "silence" => incidents.Silence(Silence(form, now), stop),
            "unsilence" => incidents.EndSilence(form.Id("id") ?? Guid.Empty, new EndSilence(form.Text("text")), stop),
            _ => null,
        };

    private static SetSilence Silence(Filled form, DateTimeOffset now)
    {
        var from = form.Moment("from");
        return new SetSilence(
            form.Text("matchers").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            form.Moment("until") ?? (from ?? now).AddMinutes(form.Number("minutes")!.Value),
            form.Text("text"),
            from
        );
    }
}
