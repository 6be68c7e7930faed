using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>What needs eyes at this moment, and what ended lately.</summary>
public sealed record NowModel(
    DateTimeOffset Now,
    Answer<Page<IncidentView>> Open,
    Answer<Page<RunView>> Running,
    Answer<Page<BudgetStatus>> Budgets,
    IReadOnlyList<IncidentView> Resolved,
    IReadOnlyList<RunView> Ended,
    bool MayDeclare,
    IReadOnlyList<FirstStep>? Steps = null
);

public static class NowEndpoint
{
    private const int Lately = 5;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Page);
        pages.MapGet("/fragments/now", Fragment);
    }

    private static async Task<IResult> Page(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<NowPage>(await Read(apis, clock, stop));

    private static async Task<IResult> Fragment(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<NowPanel>(await Read(apis, clock, stop));

    private static async Task<NowModel> Read(Apis apis, TimeProvider clock, CancellationToken stop)
    {
        // All of them: the worst may be the oldest, and the emptiest the last by name.
        var open = Answer.Of(Answer.Whole(after => apis.Incidents.List("open", limit: 500, after: after, stop: stop)));
        var running = Answer.Of(apis.Experiments.Runs(activeOnly: true, stop: stop));
        var budgets = Answer.Of(Answer.Whole(after => apis.Budgets.Budgets(500, after, stop)));
        var incidents = Answer.Of(apis.Incidents.List(limit: 50, stop: stop));
        var runs = Answer.Of(apis.Experiments.Runs(limit: 20, stop: stop));
        var steps = await Steps(apis, await incidents, await budgets, await runs, stop);
        return new NowModel(
            clock.GetUtcNow(),
            WorstFirst(await open),
            await running,
            LeastLeftFirst(await budgets),
            [.. ((await incidents).Value?.Items ?? []).Where(i => i.Status.IsOver()).Take(Lately)],
            [.. ((await runs).Value?.Items ?? []).Where(r => r.EndedAt is not null).Take(Lately)],
            apis.May("incidents:write"),
            steps
        );
    }

    // Where a service is silent nothing is taught: what it knows may be a lot.
    private static async Task<IReadOnlyList<FirstStep>?> Steps(
        Apis apis,
        Answer<Page<IncidentView>> incidents,
        Answer<Page<BudgetStatus>> budgets,
        Answer<Page<RunView>> runs,
        CancellationToken stop
    )
    {
        if (incidents.Value is not { Items.Count: 0 } || budgets.Value is null || runs.Value is null)
            return null;
        var schedules = Answer.Of(apis.Incidents.OnCall(stop: stop));
        var policies = Answer.Of(apis.Paging.Policies(stop));
        var isPaged = (await schedules).Value is { Items.Count: > 0 } && (await policies).Value is { Items.Count: > 0 };
        return FirstSteps.Of(false, budgets.Value.Items.Count > 0, runs.Value.Items.Count > 0, isPaged);
    }

    private static Answer<Page<IncidentView>> WorstFirst(Answer<Page<IncidentView>> open) =>
        open.Value is { } page
            ? open with
            {
                Value = page with { Items = [.. page.Items.OrderBy(i => i.Severity).ThenBy(i => i.StartedAt)] },
            }
            : open;

    private static Answer<Page<BudgetStatus>> LeastLeftFirst(Answer<Page<BudgetStatus>> budgets) =>
        budgets.Value is { } page
            ? budgets with
            {
                Value = page with { Items = [.. page.Items.OrderBy(b => b.Remaining ?? 1).ThenBy(b => b.Objective)] },
            }
            : budgets;
}
