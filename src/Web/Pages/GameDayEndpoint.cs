using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

public sealed record GameDayModel(
    RunView Run,
    ExperimentDesign? Design,
    SteadyStateView? Steady,
    DateTimeOffset Now,
    string? Refusal,
    DateTimeOffset? At = null,
    RunView? Live = null,
    RunLearning? Learning = null,
    bool MayOperate = false,
    bool MayDesign = false,
    string? Key = null,
    Filled? Filled = null,
    RunBudget? Budget = null
)
{
    public string Path => $"/gamedays/{Run.Id}";

    /// <summary>What could not be put back; nobody else will.</summary>
    public IEnumerable<RollbackResult> NotPutBack => Run.Rollbacks?.Where(call => !call.Ok) ?? [];

    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;

    /// <summary>The right end of what can be looked back on.</summary>
    public DateTimeOffset Until => (Live ?? Run).EndedAt ?? Now;

    /// <summary>What came of the ladder afterwards; null where nothing else is looked at than what is.</summary>
    public IReadOnlyList<RungResult>? Later => Live?.Rungs;
}

/// <summary>What a run has taught.</summary>
/// <param name="Findings">What people wrote down of it, newest first.</param>
/// <param name="Surprise">How far it was from what was expected; null where nothing was.</param>
public sealed record RunLearning(Answer<Page<FindingView>> Findings, RunSurprise? Surprise);

/// <summary>Which part of one of the three lists is looked at; the others begin at their beginning.</summary>
/// <param name="After">Runs after this cursor.</param>
/// <param name="Days">Game days after this one.</param>
/// <param name="Designs">Designs after this one.</param>
public sealed record GameDaysPlace(string? After = null, string? Days = null, string? Designs = null)
{
    /// <summary>Where the lists begin.</summary>
    public bool IsBeginning => this is { After: null, Days: null, Designs: null };

    public string Query =>
        this switch
        {
            { After: { } cursor } => $"?after={Uri.EscapeDataString(cursor)}",
            { Days: { } cursor } => $"?days={Uri.EscapeDataString(cursor)}",
            { Designs: { } cursor } => $"?designs={Uri.EscapeDataString(cursor)}",
            _ => "",
        };
}

/// <param name="Runs">The newest first; null where another list is gone through.</param>
/// <param name="Days">The latest first; null where another list is gone through.</param>
/// <param name="Designs">All of them by name; null where another list is gone through.</param>
public sealed record GameDaysModel(
    GameDaysPlace Place,
    Page<RunView>? Runs,
    Page<GameDayView>? Days,
    Page<ExperimentView>? Designs,
    Answer<IReadOnlyList<LeverView>> Levers,
    Answer<IReadOnlyList<BlackoutView>> Blackouts,
    DateTimeOffset Now,
    bool MayDesign,
    bool MayOperate,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;
}

public static class GameDayEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays", List);
        pages.MapGet("/fragments/gamedays", ListFragment);
        pages.MapGet("/gamedays/{id:guid}", Page);
        pages.MapGet("/fragments/gamedays/{id:guid}", Fragment);
        LeverActs.Map(pages);
        BlackoutActs.Map(pages);
        RunActs.Map(pages);
        pages.MapPost("/gamedays/{id:guid}/halt", Halt);
        pages.MapGet("/gamedays/{id:guid}/halt", (Guid id) => TypedResults.LocalRedirect($"/gamedays/{id}"));
    }

    private static async Task<IResult> List(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null,
        string? days = null,
        string? designs = null
    ) => Html.Of<GameDaysPage>(await ReadList(apis, clock, new GameDaysPlace(after, days, designs), stop));

    private static async Task<IResult> ListFragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null,
        string? days = null,
        string? designs = null
    ) => Html.Of<GameDaysPanel>(await ReadList(apis, clock, new GameDaysPlace(after, days, designs), stop));

    internal static async Task<GameDaysModel> ReadList(
        Apis apis,
        TimeProvider clock,
        GameDaysPlace place,
        CancellationToken stop
    )
    {
        var all = place.IsBeginning;
        return new(
            place,
            all || place.After is not null
                ? await apis.Experiments.Runs(limit: 50, after: place.After, stop: stop)
                : null,
            all || place.Days is not null ? await apis.GameDays.List(20, place.Days, stop) : null,
            all || place.Designs is not null ? await apis.Experiments.List(100, place.Designs, stop) : null,
            await Answer.Of(apis.Experiments.Levers(stop)),
            await Answer.Of(apis.Experiments.Blackouts(null, stop)),
            clock.GetUtcNow(),
            apis.May("experiments:design"),
            apis.May("experiments:operate")
        );
    }

    private static async Task<IResult> Page(
        Guid id,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        [Range(0, 253402300799999)] long? moment = null
    ) =>
        Then.Chosen($"/gamedays/{id}", moment) is { } chosen ? chosen
        : at is { } then ? Html.Of<GameDayPage>(await ReadThen(apis, clock, id, then, stop))
        : Html.Of<GameDayPage>(await Read(apis, clock, id, null, stop));

    private static async Task<IResult> Fragment(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<GameDayPanel>(await Read(apis, clock, id, null, stop));

    // One press, no question: a fault that is taken out too early costs a repetition, one too late costs customers.
    private static async Task<IResult> Halt(
        Guid id,
        [FromForm] string? reason,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        try
        {
            var why = string.IsNullOrWhiteSpace(reason) ? "Stopped from the console." : reason;
            await apis.Experiments.Halt(id, new HaltRun(why), stop);
            return TypedResults.LocalRedirect($"/gamedays/{id}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            return Html.Of<GameDayPage>(await Read(apis, clock, id, Refusals.Sentence(problem), stop), problem.Status);
        }
    }

    // The same panel from the run as its stream had come to be; its design was frozen all along.
    private static async Task<GameDayModel> ReadThen(
        Apis apis,
        TimeProvider clock,
        Guid id,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        var live = await Read(apis, clock, id, null, stop);
        var then = await Then.Known(apis.Experiments.Run(id, at, stop)) ?? Unbegun(live.Run);
        return live with { Run = then, Steady = null, At = at, Live = live.Run, Learning = null, Budget = null };
    }

    private static RunView Unbegun(RunView run) =>
        run with
        {
            State = RunState.Baselining,
            Rungs = [],
            FaultsLive = 0,
            Verdict = null,
            Finding = null,
            Reason = null,
            RecoverySeconds = null,
            EndedAt = null,
            BreakingPoint = null,
            Rollbacks = null,
        };

    internal static async Task<GameDayModel> Read(
        Apis apis,
        TimeProvider clock,
        Guid id,
        string? refusal,
        CancellationToken stop
    )
    {
        var run = await apis.Experiments.Run(id, stop);
        var experiment = await Answer.Of(apis.Experiments.Get(run.ExperimentId.ToString(), stop));
        var steady = await DayEndpoint.Steady(apis, run, stop);
        var now = clock.GetUtcNow();
        return new GameDayModel(run, experiment.Value?.Design, steady, now, refusal)
        {
            Learning = Words.Ended(run.State) ? await Learned(apis, run, stop) : null,
            MayOperate = apis.May("experiments:operate"),
            MayDesign = apis.May("experiments:design"),
            Key = $"{Guid.CreateVersion7(now)}",
            Budget =
                run.State == RunState.Refused
                    ? null
                    : (await Answer.Of(apis.Experiments.RunBudget(run.Id, stop))).Value,
        };
    }

    private static async Task<RunLearning> Learned(Apis apis, RunView run, CancellationToken stop)
    {
        var findings = Answer.Of(apis.Findings.OfRun(run.Id, stop));
        return new RunLearning(await findings, (await Answer.Of(apis.Experiments.Surprise(run.Id, stop))).Value);
    }
}
