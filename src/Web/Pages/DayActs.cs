using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What people do around a game day, by forms: ask and answer, tell, write down, give roles, conclude.</summary>
public static class DayActs
{
    private const string At = "/gamedays/{name}/acts/{what}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, (string name) => TypedResults.LocalRedirect(Path(name)));
    }

    private static Task<IResult> Act(
        string name,
        string what,
        IFormCollection fields,
        Apis apis,
        HttpContext http,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        // What a browser's own check lets through.
        return form.Given("seed") is not null && form.Number("seed") is not (>= 0 and <= int.MaxValue)
            ? Refuse($"The seed is a whole number from 0 to {int.MaxValue}.", StatusCodes.Status400BadRequest)
            : Refusals.Act(() => Do(apis.GameDays, name, form, stop), Path(name), Refuse);

        async Task<IResult> Refuse(string sentence, int status) =>
            Html.Of<DayPage>(await DayEndpoint.Read(apis, http, name, sentence, stop) with { Filled = form }, status);
    }

    private static Task? Do(GameDaysClient days, string name, Filled form, CancellationToken stop) =>
        form.What switch
        {
            "ask" => days.RequestApproval(name, new RequestApproval((int?)form.Number("hours") ?? 72), stop),
            "approve" => days.Answer(name, new AnswerApproval(true, form.Given("text")), stop),
            "refuse" => days.Answer(name, new AnswerApproval(false, form.Given("text")), stop),
            "announce" => days.Announce(
                name,
                new SendAnnouncement(
                    form.Text("channel"),
                    form.Text("text"),
                    DayForm.Names(form.Text("people")),
                    (int?)form.Number("minutes") ?? 60,
                    form.Given("escalate")
                ),
                stop
            ),
            "surprise" => days.Surprise(name, new DrawSurprise((int?)form.Number("seed")), form.Given("key"), stop),
            "note" => days.Note(name, new TakeNote(form.Text("text")), stop),
            "role" => days.Assign(
                name,
                new RoleHolder(form.Text("person"), form.One<GameDayRole>("role") ?? GameDayRole.Observer),
                stop
            ),
            "conclude" => days.Conclude(name, new ConcludeGameDay(form.Text("text")), stop),
            _ => null,
        };

    private static string Path(string name) => $"/gamedays/{Uri.EscapeDataString(name)}";
}
