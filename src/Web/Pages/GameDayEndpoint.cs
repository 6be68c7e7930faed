using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

public sealed record GameDayModel(
    RunView Run,
    ExperimentDesign? Design,
    SteadyStateView? Steady,
    DateTimeOffset Now,
    string? Refusal
);

public sealed record GameDaysModel(Page<RunView> Runs, IReadOnlyList<GameDayView> Days, DateTimeOffset Now);

public static class GameDayEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays", List);
        pages.MapGet("/fragments/gamedays", ListFragment);
        pages.MapGet("/gamedays/{id:guid}", Page);
        pages.MapGet("/fragments/gamedays/{id:guid}", Fragment);
        pages.MapPost("/gamedays/{id:guid}/halt", Halt);
        pages.MapGet("/gamedays/{id:guid}/halt", (Guid id) => TypedResults.LocalRedirect($"/gamedays/{id}"));
    }

    private static async Task<IResult> List(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null
    ) => Html.Of<GameDaysPage>(await ReadList(apis, clock, after, stop));

    private static async Task<IResult> ListFragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null
    ) => Html.Of<GameDaysPanel>(await ReadList(apis, clock, after, stop));

    private static async Task<GameDaysModel> ReadList(
        Apis apis,
        TimeProvider clock,
        string? after,
        CancellationToken stop
    ) =>
        new(
            await apis.Experiments.Runs(limit: 50, after: after, stop: stop),
            after is null ? (await apis.GameDays.List(limit: 20, stop: stop)).Items : [],
            clock.GetUtcNow()
        );

    private static async Task<IResult> Page(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<GameDayPage>(await Read(apis, clock, id, null, stop));

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

    private static async Task<GameDayModel> Read(
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
        return new GameDayModel(run, experiment.Value?.Design, steady, clock.GetUtcNow(), refusal);
    }
}
