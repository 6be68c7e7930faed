using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What people decide about an objective besides its document: what it stands on, where it is counted, whose its service is, that it ends.</summary>
public static class ObjectiveActs
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/objectives/{name}/{what}", Act);

    private static async Task<IResult> Act(
        string name,
        string what,
        IFormCollection fields,
        Apis apis,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var back = what == "retire" ? $"/budgets/{Uri.EscapeDataString(name)}" : ObjectiveEndpoint.Path(name);
        return Missing(form) is { } missing
            ? await Refuse(missing, StatusCodes.Status400BadRequest)
            : await Refusals.Act(() => Do(apis, name, form, stop), back, Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await ObjectiveEndpoint.ReadKept(apis, name, stop);
            return Html.Of<ObjectivePage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    // What a browser's own check lets through.
    private static string? Missing(Filled form) =>
        form.What == "source" ? Source(form).Wrong
        : form.What != "tune" ? null
        : form.Share("background") is null ? "Always failing is no number. Write it in per cent, for example 0.02."
        : form.Number("minutes") is null ? "Minutes is no number. Say how long a deployment covers, 1 to 1,440."
        : form.Text("order").Split(',').Any(word => Cause(word) is null)
            ? "The order names run, incident, deploy and team, each once, with commas between them."
        : null;

    private static Task? Do(Apis apis, string name, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "retire" => apis.Budgets.Retire(name, stop),
            "depend" => apis.Gates.Depend(name, new DeclareDependencies(DayForm.Names(form.Text("objectives"))), stop),
            "team" => apis.Gates.NameTeam(form.Text("service"), new NameTeam(form.Text("team")), stop),
            "tune" => apis.Gates.Tune(
                form.Text("service"),
                new TuneAttribution(
                    form.Share("background")!.Value,
                    (int)Math.Clamp(form.Number("minutes")!.Value, 0, int.MaxValue),
                    form.Text("environments"),
                    [.. form.Text("order").Split(',').Select(word => Cause(word)!.Value)]
                ),
                stop
            ),
            "source" => apis.Budgets.SetSource(form.Text("sli"), Source(form).Document!, form.Number("version"), stop),
            "source-off" => apis.Budgets.RemoveSource(form.Text("sli"), stop),
            _ => null,
        };

    private static (SetSource? Document, string? Wrong) Source(Filled form) =>
        Written.Of<SetSource>(form.Document, "Say where it is counted: origin, and counters or latency.");

    private static CauseKind? Cause(string word) =>
        Enum.TryParse<CauseKind>(word.Trim(), ignoreCase: true, out var cause) && Enum.IsDefined(cause) ? cause : null;
}
