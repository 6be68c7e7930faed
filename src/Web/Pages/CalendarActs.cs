using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Links of calendars that programs subscribe to: made, shown once, revoked.</summary>
public static class CalendarActs
{
    private const string At = "/oncall/{what:regex(^(calendar|uncalendar)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(At, Act);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/oncall"));
    }

    private static async Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        HttpRequest request,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        try
        {
            if (what == "calendar")
            {
                var made = await apis.OnCall.CreateLink(Wish(form.Text("of")), stop);
                var address = $"{request.Scheme}://{request.Host}/api/incidents{made.Path}";
                return Html.Of<OnCallPage>(await Read(null) with { NewLink = (made, address) });
            }

            await apis.OnCall.RevokeLink(form.Id("id") ?? Guid.Empty, stop);
            return TypedResults.LocalRedirect("/oncall#oncall-calendars");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var refused = new Refused(Refusals.Sentence(problem), problem.Status, form);
            return Html.Of<OnCallPage>(await Read(refused), problem.Status);
        }

        Task<OnCallModel> Read(Refused? refused) =>
            OnCallReader.Read(apis, form.Given("week"), form.Given("zone"), true, refused, clock.GetUtcNow(), stop);
    }

    /// <summary>Whose shifts, as an option of the form says it: <c>person ana</c> or <c>schedule payments</c>.</summary>
    private static CreateCalendarLink Wish(string of) =>
        of.Split(' ', 2) switch
        {
            ["person", var person] => new CreateCalendarLink(Person: person),
            ["schedule", var schedule] => new CreateCalendarLink(Schedule: schedule),
            _ => new CreateCalendarLink(),
        };
}
