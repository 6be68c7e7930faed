using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Who spent a budget between two moments.</summary>
/// <param name="Report">Of what was asked for; of the last day where that cannot be.</param>
/// <param name="Asked">The form above it.</param>
/// <param name="Filled">The form that was refused; null when none was.</param>
public sealed record SpendModel(
    SpendReport Report,
    Filled Asked,
    bool MayWrite,
    string? Refusal = null,
    Filled? Filled = null
)
{
    public string Path => SpendEndpoint.Path(Report.Objective);

    public SpendBy By => Asked.One<SpendBy>("by") ?? SpendBy.Cause;

    /// <summary>The command that asks the same.</summary>
    public string Command =>
        $"steady budget spend {Report.Objective} --from {Words.Iso(Report.From)} --to {Words.Iso(Report.To)} --by {By.ToString().ToLowerInvariant()}";
}

/// <summary>A question changes nothing, so it stands in the address; a team takes a period on itself below the answer.</summary>
public static class SpendEndpoint
{
    private static readonly string[] Fields = ["from", "to", "by"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/budgets/{name}/spend", Page);
        pages.MapPost("/budgets/{name}/spend/claim", Claim);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet("/budgets/{name}/spend/claim", (string name) => TypedResults.LocalRedirect(Path(name)));
    }

    public static string Path(string name) => $"/budgets/{Uri.EscapeDataString(name)}/spend";

    private static async Task<IResult> Page(string name, HttpRequest request, Apis apis, CancellationToken stop) =>
        Html.Of<SpendPage>(await Read(apis, name, Asked(field => $"{request.Query[field]}"), stop));

    private static async Task<IResult> Claim(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("claim", fields);
        // What was taken on is looked at at once; what is still to come has spent nothing.
        var (from, to) = (form.Moment("from"), form.Moment("to"));
        var now = clock.GetUtcNow();
        var back =
            from < now && to is { } end
                ? $"{Path(name)}?from={Words.Iso(from.Value)}&to={Words.Iso(end < now ? end : now)}"
                : Path(name);
        return from is null || to is null
            ? await Refuse(
                "From and until are moments. Say when the period began, and when it ends.",
                StatusCodes.Status400BadRequest
            )
            : await Refusals.Act(() => Do(), back, Refuse);

        Task Do() =>
            apis.Gates.Claim(
                form.Text("service"),
                new ClaimPeriod(form.Text("team"), from!.Value, to!.Value, form.Text("reason"), form.Given("class")),
                stop: stop
            );

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, name, Asked(_ => ""), stop);
            return Html.Of<SpendPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static Filled Asked(Func<string, string> given) => new("spend", Fields.ToDictionary(field => field, given));

    private static async Task<SpendModel> Read(Apis apis, string name, Filled asked, CancellationToken stop)
    {
        var mayWrite = apis.May("budgets:write");
        try
        {
            var by = asked.One<SpendBy>("by") ?? SpendBy.Cause;
            var report = await apis.Gates.Spend(name, asked.Moment("from"), asked.Moment("to"), by, stop);
            return new SpendModel(report, asked, mayWrite);
        }
        catch (ProblemException problem) when (problem.Status == 400)
        {
            var report = await apis.Gates.Spend(name, stop: stop);
            return new SpendModel(report, asked, mayWrite, Refusals.Sentence(problem));
        }
    }
}
