using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What is decided about an experiment as it stands: it is frozen, let into the next environment, and that is taken back.</summary>
public static class ExperimentActs
{
    private const string At = "/experiments/{name}/{what:regex(^(freeze|promote|demote)$)}";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost(At, Act);

    private static Task<IResult> Act(
        string name,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        return Refusals.Act(() => Do(apis, name, form, stop), $"/experiments/{Uri.EscapeDataString(name)}", Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await DesignEndpoint.Standing(apis, clock, name, sentence, stop);
            return Html.Of<DesignPage>(model with { Filled = form }, status);
        }
    }

    private static Task? Do(Apis apis, string name, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "freeze" => apis.Experiments.Freeze(name, stop),
            "promote" => apis.Experiments.Promote(name, stop),
            "demote" => apis.Experiments.Demote(name, new RevokePromotion(form.Text("text")), stop),
            _ => null,
        };
}
