using System.ComponentModel.DataAnnotations;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

public sealed record BudgetModel(
    BudgetStatus Budget,
    Answer<BudgetHistory> History,
    Answer<Page<GateDecision>> Decisions,
    Answer<Page<AdjustmentView>> Adjustments,
    DateTimeOffset Now,
    string Me,
    bool MayWrite,
    DateTimeOffset? At = null,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>Which stretch of its history is drawn.</summary>
    public HistorySpan Stretch { get; init; } = new();

    public string Path => $"/budgets/{Uri.EscapeDataString(Budget.Objective)}";

    public AdjustmentsModel LeftOut => new(Budget.Objective, Path, Adjustments, Now, Me, MayWrite, Filled);
}

/// <param name="Budgets">Least left first.</param>
/// <param name="Find">Only those with this in their name or service; null for all.</param>
public sealed record BudgetsModel(
    IReadOnlyList<BudgetStatus> Budgets,
    Answer<IReadOnlyList<CompositeStatus>> Composites,
    DateTimeOffset Now,
    bool MayWrite,
    string? Find
)
{
    /// <summary>More cards than these nobody reads; the others are found by their names.</summary>
    public const int Most = 100;
}

public static class BudgetEndpoint
{
    // What is older has pages of its own.
    private const int MostLines = 8;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/budgets", List);
        pages.MapGet("/fragments/budgets", ListFragment);
        pages.MapGet("/budgets/{name}", Page);
        pages.MapGet("/fragments/budgets/{name}", Fragment);
        AdjustmentsEndpoint.Map(pages);
        SpendEndpoint.Map(pages);
        BudgetActs.Map(pages);
    }

    private static async Task<IResult> List(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? find = null
    ) => Html.Of<BudgetsPage>(await ReadList(apis, clock, find, stop));

    private static async Task<IResult> ListFragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? find = null
    ) => Html.Of<BudgetsPanel>(await ReadList(apis, clock, find, stop));

    private static async Task<BudgetsModel> ReadList(
        Apis apis,
        TimeProvider clock,
        string? find,
        CancellationToken stop
    )
    {
        var wanted = string.IsNullOrWhiteSpace(find) ? null : find.Trim();
        var composites = Answer.Of(Answer.Whole(after => apis.Budgets.Composites(500, after, stop)));
        var budgets = await Answer.Whole(after => apis.Budgets.Budgets(500, after, stop));
        var (parts, trouble) = await composites;
        return new BudgetsModel(
            [
                .. budgets
                    .Items.Where(one => Fits(one.Objective, one.DisplayName, one.Service))
                    .OrderBy(one => one.Retired)
                    .ThenBy(one => one.Remaining ?? 1)
                    .ThenBy(one => one.Objective),
            ],
            new([.. (parts?.Items ?? []).Where(one => Fits(one.Name, one.DisplayName, one.Service))], trouble),
            clock.GetUtcNow(),
            apis.May("budgets:write"),
            wanted
        );

        bool Fits(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (wanted is null || name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            return false;
        }
    }

    private static async Task<IResult> Page(
        string name,
        HttpRequest request,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        [Range(0, 253402300799999)] long? moment = null
    )
    {
        var stretch = HistorySpanEndpoint.Of(request.Query);
        return Then.Chosen($"/budgets/{Uri.EscapeDataString(name)}{stretch.Query}", moment)
            ?? Html.Of<BudgetPage>(await ReadThen(apis, clock, name, at, stretch, stop));
    }

    // A moment that the service cannot answer for good is told over the budget as it is.
    private static async Task<BudgetModel> ReadThen(
        Apis apis,
        TimeProvider clock,
        string name,
        DateTimeOffset? at,
        HistorySpan stretch,
        CancellationToken stop
    )
    {
        try
        {
            return await Read(apis, clock, name, stop, at, stretch);
        }
        catch (ProblemException problem) when (at is not null && problem.Status is 400 or 404)
        {
            var sentence =
                problem.Status == 404 ? "This objective was not defined yet at that moment." : problem.Detail;
            return await Read(apis, clock, name, stop, null, stretch) with { Refusal = sentence };
        }
    }

    private static async Task<IResult> Fragment(
        string name,
        HttpRequest request,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    ) => Html.Of<BudgetPanel>(await Read(apis, clock, name, stop, null, HistorySpanEndpoint.Of(request.Query)));

    // The figures are those of the moment, as they were counted then; the line is drawn whole, and what came later faintly.
    internal static async Task<BudgetModel> Read(
        Apis apis,
        TimeProvider clock,
        string name,
        CancellationToken stop,
        DateTimeOffset? at = null,
        HistorySpan? stretch = null
    )
    {
        var drawn = stretch ?? new HistorySpan();
        var budget = await apis.Budgets.Budget(name, at, stop);
        var history = Answer.Of(apis.Budgets.History(budget.Objective, drawn.From, drawn.To, drawn.StepSeconds, stop));
        var decisions = Answer.Of(Said(apis, budget.Service, at, stop));
        var adjustments = Answer.Of(apis.Gates.Adjustments(budget.Objective, limit: MostLines, stop: stop));
        return new BudgetModel(
            budget,
            await history,
            await decisions,
            await adjustments,
            clock.GetUtcNow(),
            apis.Me,
            at is null && apis.May("budgets:write"),
            at
        )
        {
            Stretch = drawn,
        };
    }

    // What the gate had said by then; an answer that was overridden later is shown as it was given.
    private static async Task<Page<GateDecision>> Said(
        Apis apis,
        string service,
        DateTimeOffset? at,
        CancellationToken stop
    )
    {
        if (at is null)
            return await apis.Budgets.Decisions(service, MostLines, stop: stop);
        return await Answer.First(
            after => apis.Budgets.Decisions(service, 500, after, stop),
            one => one.At <= at,
            MostLines
        );
    }
}
