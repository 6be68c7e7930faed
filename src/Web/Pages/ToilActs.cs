using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>What people say about toil: how a team is staffed, what operations took, and where a ticket is to go.</summary>
public static class ToilActs
{
    private const string At = "/toil/teams/{team}/{what}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/toil/staff", Staff);
        pages.MapPost("/toil/teams/{team}/route", Route);
        pages.MapPost(At, Act);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet("/toil/staff", () => TypedResults.LocalRedirect("/toil"));
        pages.MapGet(At, (string team) => TypedResults.LocalRedirect(ToilEndpoint.Path(team)));
    }

    /// <summary>A team that nobody has staffed yet.</summary>
    private static async Task<IResult> Staff(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("staff", fields);
        return form.Given("team") is { } team
            ? await Refusals.Act(() => Do(apis.Budgets, team, form, default, stop), ToilEndpoint.Path(team), Refuse)
            : await Refuse("Name the team.", StatusCodes.Status400BadRequest);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await ToilEndpoint.ReadList(apis, stop);
            return Html.Of<ToilPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    private static async Task<IResult> Act(
        string team,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var back = $"{ToilEndpoint.Path(team)}{(Week.Read(form.Text("week")) is { } week ? $"?week={week.Name}" : "")}";
        return Missing(form) is { } missing
            ? await Refuse(missing, StatusCodes.Status400BadRequest)
            : await Refusals.Act(() => Do(apis.Budgets, team, form, clock.GetUtcNow(), stop), back, Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await ToilEndpoint.Read(apis, clock, team, form.Text("week"), stop);
            return Html.Of<ToilTeamPage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    /// <summary>The answer stands on the page at once; a ticket that was asked for before may be far down the list.</summary>
    private static async Task<IResult> Route(
        string team,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("route", fields);
        try
        {
            var ticket = new RouteTicket(team, form.Text("ref"), form.Given("title"));
            var routed = await apis.Budgets.RouteTicket(ticket, stop);
            return Html.Of<ToilTeamPage>(await Read() with { Routed = routed });
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var model = await Read();
            return Html.Of<ToilTeamPage>(
                model with
                {
                    Refusal = Refusals.Sentence(problem),
                    Filled = form,
                },
                problem.Status
            );
        }

        Task<ToilTeamModel> Read() => ToilEndpoint.Read(apis, clock, team, null, stop);
    }

    // What a browser's own check lets through.
    private static string? Missing(Filled form) =>
        form.What != "log" ? null
        : form.Number("minutes") is null ? "Minutes is no number. Say how long it took, 1 to 1,440."
        : form.One<ToilKind>("kind") is null ? "Choose what it was."
        : form.Given("start") is not null && form.Moment("start") is null ? "Began is no moment. Say when it began."
        : null;

    private static Task? Do(
        BudgetsClient budgets,
        string team,
        Filled form,
        DateTimeOffset now,
        CancellationToken stop
    ) =>
        form.What switch
        {
            "staff" => budgets.Staff(
                team,
                new StaffTeam(
                    (int)Math.Clamp(form.Number("people") ?? 0, 0, int.MaxValue),
                    (int)Math.Clamp(form.Number("hours") ?? 0, 0, int.MaxValue),
                    form.Text("developers"),
                    DayForm.Names(form.Text("services")),
                    form.Given("zone") ?? "UTC"
                ),
                stop
            ),
            "log" => budgets.LogToil(Entry(team, form, now), stop: stop),
            "withdraw" => budgets.WithdrawToil(team, form.Id("id") ?? Guid.Empty, stop),
            _ => null,
        };

    private static RecordToil Entry(string team, Filled form, DateTimeOffset now)
    {
        var minutes = (int)Math.Clamp(form.Number("minutes")!.Value, 0, int.MaxValue);
        return new RecordToil(
            team,
            // Without a beginning it has just ended.
            form.Moment("start") ?? now.AddMinutes(-Math.Min(minutes, 1440)),
            minutes,
            form.One<ToilKind>("kind")!.Value,
            form.Given("person"),
            form.Given("ref")
        );
    }
}
