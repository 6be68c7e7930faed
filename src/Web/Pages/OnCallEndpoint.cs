using System.Globalization;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Who answers: a week of every schedule, and taking over from each other.</summary>
public static class OnCallEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/oncall", Page);
        pages.MapGet("/fragments/oncall", Fragment);
        CalendarActs.Map(pages);
        pages.MapPost("/oncall/{what}", Act);
        pages.MapGet("/oncall/{what}", () => TypedResults.LocalRedirect("/oncall"));
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? week = null,
        string? zone = null
    ) => Html.Of<OnCallPage>(await OnCallReader.Read(apis, week, zone, true, null, clock.GetUtcNow(), stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? week = null,
        string? zone = null
    ) => Html.Of<OnCallPanel>(await OnCallReader.Read(apis, week, zone, false, null, clock.GetUtcNow(), stop));

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
            if (Do(apis, form, stop) is not { } doing)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect(Back(form));
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var refused = new Refused(Refusals.Sentence(problem), problem.Status, form);
            var model = await OnCallReader.Read(
                apis,
                form.Given("week"),
                form.Given("zone"),
                true,
                refused,
                clock.GetUtcNow(),
                stop
            );
            return Html.Of<OnCallPage>(model, problem.Status);
        }
    }

    private static Task? Do(Apis apis, Filled form, CancellationToken stop)
    {
        var (schedule, reason, zone) = (form.Text("schedule"), form.Text("reason"), LocalZone.Of(form.Given("wall")));
        return form.What switch
        {
            "override" => apis.Incidents.OverrideSchedule(
                schedule,
                new OverrideSchedule(
                    form.Text("person"),
                    Given(zone, form, "from", "when it begins"),
                    Given(zone, form, "to", "when it ends"),
                    reason
                ),
                stop
            ),
            "cancel" when form.Id("id") is { } id => apis.Incidents.CancelOverride(schedule, id, stop),
            "propose" => Propose(apis, form, reason, stop),
            "accept" or "decline" or "withdraw" when form.Id("id") is { } id => apis.OnCall.Answer(
                schedule,
                id,
                form.What,
                stop
            ),
            _ => null,
        };
    }

    private static Task Propose(Apis apis, Filled form, string reason, CancellationToken stop)
    {
        if (SwapChoice.Read(form.Text("give")) is not { } give || SwapChoice.Read(form.Text("take")) is not { } take)
            throw Unclear("Choose a shift of yours and one of somebody else's.");
        if (give.Schedule != take.Schedule)
            throw Unclear(
                $"Your shift is of {give.Schedule} and the other one of {take.Schedule}. Choose two of one schedule."
            );
        var swap = new ProposeSwap(
            take.Person,
            new Stretch(give.From, give.To),
            new Stretch(take.From, take.To),
            reason
        );
        return apis.OnCall.Propose(give.Schedule, swap, stop);
    }

    private static DateTimeOffset Given(LocalZone zone, Filled form, string field, string what) =>
        zone.Read(form.Given(field)) ?? throw Unclear($"Say {what}.");

    private static ProblemException Unclear(string sentence) =>
        new(StatusCodes.Status400BadRequest, "malformed", sentence, null, []);

    private static string Back(Filled form)
    {
        var zone = form.Given("zone") is { } given ? $"&zone={Uri.EscapeDataString(given)}" : "";
        return form.Given("week") is { } week ? $"/oncall?week={Uri.EscapeDataString(week)}{zone}" : "/oncall";
    }
}

/// <summary>A shift as an option of a form says it.</summary>
public sealed record SwapChoice(string Schedule, string Person, DateTimeOffset From, DateTimeOffset To)
{
    private const char Gap = '|';

    public string Value => string.Join(Gap, Words.Iso(From), Words.Iso(To), Uri.EscapeDataString(Schedule), Person);

    public static SwapChoice? Read(string value) =>
        value.Split(Gap, 4) is [var from, var to, var schedule, var person]
        && Moment(from) is { } begin
        && Moment(to) is { } end
            ? new SwapChoice(Uri.UnescapeDataString(schedule), person, begin, end)
            : null;

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
