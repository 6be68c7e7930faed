using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <param name="Form">What stands in the form.</param>
/// <param name="Chosen">What is to be run.</param>
/// <param name="Designs">What could be run.</param>
/// <param name="Refusal">Why it was not planned.</param>
public sealed record PlanDayModel(
    Filled Form,
    IReadOnlyList<string> Chosen,
    IReadOnlyList<ExperimentView> Designs,
    string? Refusal
);

/// <summary>The page on which a game day is planned: when, what, and who does what.</summary>
public static class PlanDayEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays/new", Page);
        pages.MapPost("/gamedays/new", Plan);
    }

    private static async Task<IResult> Page(Apis apis, TimeProvider clock, CancellationToken stop)
    {
        var fields = new Dictionary<string, string>
        {
            ["environment"] = "sandbox",
            ["day"] = clock
                .GetUtcNow()
                .AddDays(7)
                .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["from"] = "14:00",
            ["until"] = "16:00",
            ["zone"] = "UTC",
            ["commander"] = apis.Me,
            ["operator"] = apis.Me,
        };
        return Html.Of<PlanDayPage>(new PlanDayModel(new Filled("new", fields), [], await Designs(apis, stop), null));
    }

    private static async Task<IResult> Plan(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("new", fields);
        IReadOnlyList<string> chosen = [.. fields["experiment"].OfType<string>()];
        try
        {
            var document = DayForm.Document(form, chosen).ToJsonString();
            var day = await PlanWriting.PlanNew(apis, document, "application/json", stop);
            return TypedResults.LocalRedirect($"/gamedays/{Uri.EscapeDataString(day.Plan.Name)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var sentence =
                problem.Status == StatusCodes.Status412PreconditionFailed
                    ? PlanWriting.Taken(form.Text("name"))
                    : Refusals.Sentence(problem);
            var model = new PlanDayModel(form, chosen, await Designs(apis, stop), sentence);
            return Html.Of<PlanDayPage>(model, problem.Status);
        }
    }

    private static async Task<IReadOnlyList<ExperimentView>> Designs(Apis apis, CancellationToken stop) =>
        (await Answer.Whole(after => apis.Experiments.List(500, after, stop))).Items;
}
