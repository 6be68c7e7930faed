using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What needs eyes at this moment, and what ended lately.</summary>
public sealed record NowModel(
    DateTimeOffset Now,
    Answer<Page<IncidentView>> Open,
    Answer<Page<RunView>> Running,
    Answer<Page<BudgetStatus>> Budgets,
    IReadOnlyList<IncidentView> Resolved,
    IReadOnlyList<RunView> Ended
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
        var open = Answer.Of(apis.Incidents.List("open", limit: 50, stop: stop));
        var running = Answer.Of(apis.Experiments.Runs(activeOnly: true, stop: stop));
        var budgets = Answer.Of(apis.Budgets.Budgets(stop: stop));
        var incidents = Answer.Of(apis.Incidents.List(limit: 50, stop: stop));
        var runs = Answer.Of(apis.Experiments.Runs(limit: 20, stop: stop));
        return new NowModel(
            clock.GetUtcNow(),
            WorstFirst(await open),
            await running,
            LeastLeftFirst(await budgets),
            [.. ((await incidents).Value?.Items ?? []).Where(i => i.Status.IsOver()).Take(Lately)],
            [.. ((await runs).Value?.Items ?? []).Where(r => r.EndedAt is not null).Take(Lately)]
        );
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
