using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

/// <summary>What one objective of the service says: its figures, and whether a page-level alert is open.</summary>
public sealed record GateFigures(
    string Objective,
    decimal Target,
    string Window,
    Tally Whole,
    bool PageOpen,
    DateTimeOffset? Watermark
);

/// <summary>Whether there is budget for an action. Every no has its figures, and so has every yes.</summary>
public static class Asking
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Decision Decide(
        string service,
        AskGate ask,
        IReadOnlyList<GateFigures> objectives,
        string by,
        DateTimeOffset now
    )
    {
        var noes = objectives.SelectMany(objective => Noes(ask, objective)).ToList();
        var reasons = noes.Count > 0 ? noes : [.. objectives.Select(Yes)];
        if (reasons.Count == 0)
            reasons.Add("No objective covers this service.");
        return
        [
            new GateDecided(
                service,
                ask.Action,
                ask.Ref,
                ask.Environment,
                ask.ExpectedSpend,
                noes.Count > 0 ? GateVerdict.Deny : GateVerdict.Allow,
                reasons,
                objectives.Min(objective => objective.Whole.Remaining(BurnRates.MayFail(objective.Target))),
                [.. objectives.Select(Input)],
                objectives.All(objective => objective.Watermark is not null)
                    ? objectives.Min(objective => objective.Watermark)
                    : null,
                now,
                by
            ),
        ];
    }

    private static IEnumerable<string> Noes(AskGate ask, GateFigures objective)
    {
        var (name, whole, mayFail) = (objective.Objective, objective.Whole, BurnRates.MayFail(objective.Target));
        if (whole.IsExhausted(mayFail))
            yield return string.Create(
                Plain,
                $"{name}: the budget is exhausted, {whole.Bad} failures in {objective.Window} where {whole.Allowed(mayFail)} are allowed."
            );
        if (objective.PageOpen)
            yield return $"{name}: a page-level burn alert is open. Wait until it closes.";
        if (
            ask is { Action: GateAction.Experiment, ExpectedSpend: { } expected }
            && whole.HasLessThan(Ratio.Of(expected), mayFail)
        )
            yield return string.Create(
                Plain,
                $"{name}: the experiment may spend {Percent(expected)} of the budget and {Percent(whole.Remaining(mayFail))} is left."
            );
    }

    private static string Yes(GateFigures objective) =>
        objective.Whole.Remaining(BurnRates.MayFail(objective.Target)) is { } left
            ? $"{objective.Objective}: {Percent(left)} of the budget is left and no page-level burn alert is open."
            : $"{objective.Objective}: nothing was counted in {objective.Window} and no page-level burn alert is open.";

    private static string Percent(decimal? share) => string.Create(Plain, $"{100 * share:0.##} %");

    private static GateInput Input(GateFigures objective)
    {
        var (whole, mayFail) = (objective.Whole, BurnRates.MayFail(objective.Target));
        return new(
            objective.Objective,
            objective.Target,
            whole.Good,
            whole.Bad,
            whole.Allowed(mayFail),
            objective.PageOpen
        );
    }
}

public static class AskGateEndpoint
{
    private const string Example = """{"action":"deploy","ref":"1.4.2","environment":"production"}""";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/gates/{service}/decisions", Handle)
            .RequireScope("gate:ask")
            .Produces<GateAnswer>(StatusCodes.Status201Created)
            .WithTags("Gates")
            .WithSummary(
                "Asks whether a service has the budget for a deployment or an experiment, and keeps the decision."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);

    private static async Task<IResult> Handle(
        string service,
        AskGate ask,
        NewStream stream,
        Actor by,
        Streams streams,
        CountSums counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var budgets = await session
            .Query<Budget>()
            .Where(budget => budget.Service == service)
            .OrderBy(budget => budget.Name)
            .ToListAsync(stop);
        var figures = new List<GateFigures>();
        foreach (var budget in budgets)
            figures.Add(await Read(budget, counts, now, stop));
        var outcome = await streams.Start<Gate>(stream, by, Asking.Decide(service, ask, figures, by.Name, now), stop);
        return await outcome.ToCreated(
            id => $"/v1/gates/decisions/{id}",
            async id => new GateAnswer((await session.LoadAsync<Gate>(id, stop))!.Decided.View(id))
        );
    }

    private static async Task<GateFigures> Read(
        Budget budget,
        CountSums counts,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var read = await counts.Read(budget.Sli, [Window.Parse(budget.Window)], [], now, stop);
        var page = budget.Alerts.Any(alert => alert.Severity == BurnSeverity.Page);
        return new(budget.Name, budget.Target, budget.Window, read.Tallies[0], page, read.Watermark);
    }
}
