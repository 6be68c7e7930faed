using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <param name="Day">The game day.</param>
/// <param name="Run">Its newest run; null before the first.</param>
/// <param name="Design">What that run runs.</param>
/// <param name="Steady">What its probe sees; null when it does not go on.</param>
/// <param name="Me">Who looks.</param>
/// <param name="Refusal">Why the last press did nothing.</param>
public sealed record DayModel(
    GameDayView Day,
    RunView? Run,
    ExperimentDesign? Design,
    SteadyStateView? Steady,
    string Me,
    string? Refusal,
    DateTimeOffset Now,
    bool MayDesign,
    bool MayOperate,
    DateTimeOffset? At = null,
    GameDayView? Live = null,
    Filled? Filled = null
)
{
    /// <summary>What was written down after the moment that is looked at.</summary>
    public IEnumerable<GameDayNote> LaterNotes =>
        Live?.Notes.Where(note => Day.Notes.All(known => known != note)) ?? [];

    public IEnumerable<GameDayRun> LaterRuns =>
        Live?.Runs.Where(run => Day.Runs.All(known => known.RunId != run.RunId)) ?? [];

    public bool MayStart =>
        At is null
        && Day.Plan.Roles.Any(holder =>
            holder.Person == Me && holder.Role is GameDayRole.Commander or GameDayRole.Operator
        );
}

/// <summary>The page of a game day: who, what, and the run that goes on. A name leads here, a run's id to the run.</summary>
public static class DayEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays/{name}", Page);
        pages.MapGet("/fragments/gamedays/{name}", Fragment);
        pages.MapPost("/gamedays/{name}/vote", Vote);
        pages.MapPost("/gamedays/{name}/acknowledge", Acknowledge);
        pages.MapPost("/gamedays/{name}/start", Start);
        ReportEndpoint.Map(pages);
        DayActs.Map(pages);
        PlanDayEndpoint.Map(pages);
        PlanWriting.Map(pages);
    }

    private static async Task<IResult> Page(
        string name,
        Apis apis,
        HttpContext http,
        CancellationToken stop,
        DateTimeOffset? at = null,
        [Range(0, 253402300799999)] long? moment = null
    ) =>
        Then.Chosen($"/gamedays/{Uri.EscapeDataString(name)}", moment)
        ?? Html.Of<DayPage>(await Read(apis, http, name, null, stop, at));

    private static async Task<IResult> Fragment(string name, Apis apis, HttpContext http, CancellationToken stop) =>
        Html.Of<DayPanel>(await Read(apis, http, name, null, stop));

    private static Task<IResult> Vote(
        string name,
        [FromForm] bool go,
        [FromForm] string? reason,
        Apis apis,
        HttpContext http,
        CancellationToken stop
    ) => Do(name, apis, http, () => apis.GameDays.Vote(name, new CastVote(go, reason), stop), stop);

    private static Task<IResult> Acknowledge(
        string name,
        [FromForm] int number,
        Apis apis,
        HttpContext http,
        CancellationToken stop
    ) => Do(name, apis, http, () => apis.GameDays.Acknowledge(name, number, stop), stop);

    private static Task<IResult> Start(
        string name,
        [FromForm] string experiment,
        Apis apis,
        HttpContext http,
        CancellationToken stop
    ) => Do(name, apis, http, () => apis.GameDays.Start(name, new StartFromAgenda(experiment), stop: stop), stop);

    private static Task<IResult> Do(string name, Apis apis, HttpContext http, Func<Task> act, CancellationToken stop) =>
        Refusals.Act(
            act,
            $"/gamedays/{Uri.EscapeDataString(name)}",
            async (sentence, status) => Html.Of<DayPage>(await Read(apis, http, name, sentence, stop), status)
        );

    internal static async Task<DayModel> Read(
        Apis apis,
        HttpContext http,
        string name,
        string? refusal,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        var live = at is null ? null : await apis.GameDays.Get(name, stop);
        // Before it was planned there was nothing: then its plan is shown as it was planned first.
        var day = live is null
            ? await apis.GameDays.Get(name, stop)
            : await Then.Known(apis.GameDays.Get(name, at, stop))
                ?? await apis.GameDays.Get(name, live.PlannedAt.AddSeconds(1), stop);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var me = http.User.FindFirst("sub")!.Value;
        var (design, operate) = (apis.May("experiments:design"), apis.May("experiments:operate"));
        var model = new DayModel(day, null, null, null, me, refusal, now, design, operate, at, live);
        if (day.Runs.Count == 0)
            return model;
        // A call whose run never began has no page; the one before it has.
        var run = (await Answer.Of(apis.Experiments.Run(day.Runs[^1].RunId, at, stop))).Value;
        return model with
        {
            Run = run,
            Design = run is null
                ? null
                : (await Answer.Of(apis.Experiments.Get(run.ExperimentId.ToString(), stop))).Value?.Design,
            Steady = at is null ? await Steady(apis, run, stop) : null,
        };
    }

    /// <summary>What the probe of a run sees; null when the run does not go on.</summary>
    public static async Task<SteadyStateView?> Steady(Apis apis, RunView? run, CancellationToken stop) =>
        run is null || run.EndedAt is not null
            ? null
            : (await Answer.Of(apis.Experiments.SteadyState(run.Id, stop))).Value;
}
