using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Marten.Linq.MatchesSql;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.WhatIf;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Gates;

public static class AskWhatIfEndpoint
{
    private const int MostGates = 200;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    // A month by minutes, and longer times in as many steps.
    private static readonly long MostSteps = TimeSpan.FromDays(31).Ticks / TimeSpan.TicksPerMinute;

    private const string Example = """{"target":0.9995,"windows":[{"duration":"28d"}],"guard":{"minFailures":10}}""";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/budgets/{objective}/whatif", Handle)
            .RequireScope("budgets:read")
            .Produces<WhatIfAnswer>()
            .WithTags("Budgets")
            .WithSummary(
                "Replays the stored counts under other terms: what would have fired, beside what today's terms make of them."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);

    private static async Task<IResult> Handle(
        string objective,
        AskWhatIf ask,
        CountSeries counts,
        GateReader gates,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<Budget>(Budget.IdOf(Edges.ObjectiveId(objective)), stop) is not { } budget)
            return Answers.Missing();
        var terms = WhatIfs.Terms(budget.Terms, ask);
        if (TermsCheck.Of(terms) is { Count: > 0 } findings)
            return Edges.Invalid(
                "terms-invalid",
                "These terms cannot be tried. Repair what 'findings' lists.",
                findings
            );
        var now = clock.Moment();
        var to = ToTheMinute(ask.To ?? now);
        var from = ToTheMinute(ask.From ?? to - Usual);
        var step = (int)(((to - from).Ticks / TimeSpan.TicksPerMinute + MostSteps - 1) / MostSteps) * 60;
        var (range, wrong) = HistoryRange.Of(from, to, Math.Max(step, 60), Usual, now, (int)MostSteps);
        if (range is null)
            return Answers.Problem(400, "history-range", wrong!);

        var tried = Simulation.With(budget, terms);
        var asked = await Gates(session, budget.Service, range, stop);
        var policies = await Policies(session, asked, stop);
        var longest = Longest(budget, tried, policies.Values);
        var read = await counts.Read(budget.Sli, range.From - longest - TimeSpan.FromDays(1), range.To, stop);
        var (today, whatIf) = (new Simulation(budget, read, range), new Simulation(tried, read, range));
        var verdicts = await Verdicts(today, whatIf, asked, policies, gates, session, stop);
        return TypedResults.Ok(Answer(budget, today, whatIf, range, verdicts));
    }

    private static async Task<IReadOnlyList<WhatIfGate>> Verdicts(
        Simulation today,
        Simulation whatIf,
        IReadOnlyList<Gate> asked,
        IReadOnlyDictionary<string, Policy> policies,
        GateReader gates,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var verdicts = new List<WhatIfGate>();
        foreach (var gate in asked)
        {
            var policy = policies[gate.Decided.Policy ?? Policy.BuiltIn.Label];
            verdicts.Add(
                new WhatIfGate(
                    gate.Id,
                    gate.Decided.Action,
                    gate.Decided.Ref,
                    gate.Decided.At,
                    gate.Decided.Decision,
                    await Verdict(today, gate.Decided, policy),
                    await Verdict(whatIf, gate.Decided, policy),
                    policy.Label
                )
            );
        }

        return verdicts;

        async Task<GateVerdict> Verdict(Simulation run, GateDecided decided, Policy policy)
        {
            var exclusions = await GateReader.Exclusions(run.Budget, policy.Terms, session, stop);
            var side = run.Budget with { Exclusions = exclusions };
            var causes = await gates.Spenders(side, policy.Terms, session, decided.At, stop);
            return WhatIfs.Verdict(run, decided, new GateGround(policy, exclusions, causes));
        }
    }

    // Revisions are never changed, so the one that decided can be read again.
    private static async Task<IReadOnlyDictionary<string, Policy>> Policies(
        IQuerySession session,
        IReadOnlyList<Gate> asked,
        CancellationToken stop
    )
    {
        var policies = new Dictionary<string, Policy> { [Policy.BuiltIn.Label] = Policy.BuiltIn };
        foreach (var label in asked.Select(gate => gate.Decided.Policy).OfType<string>().Distinct())
        {
            var cut = label.LastIndexOf('@');
            if (policies.ContainsKey(label))
                continue;
            var revision = await session.Events.AggregateStreamAsync<GatePolicy>(
                GatePolicy.IdOf(label[..cut]),
                version: long.Parse(label.AsSpan(cut + 1), CultureInfo.InvariantCulture),
                token: stop
            );
            policies[label] = revision!.Policy();
        }

        return policies;
    }

    private static WhatIfAnswer Answer(
        Budget budget,
        Simulation today,
        Simulation whatIf,
        HistoryRange range,
        IReadOnlyList<WhatIfGate> gates
    ) =>
        new(
            budget.Of.ObjectiveId,
            budget.Name,
            budget.Service,
            today.Moments[0].At,
            today.Moments[^1].At,
            (int)range.Step.TotalSeconds,
            WhatIfs.Side(today, range.Step),
            WhatIfs.Side(whatIf, range.Step),
            gates
        );

    private static Task<IReadOnlyList<Gate>> Gates(
        IQuerySession session,
        string service,
        HistoryRange range,
        CancellationToken stop
    )
    {
        var (since, until) = ($"{range.From.UtcTicks:D19}", $"{range.To.UtcTicks + 1:D19}");
        return session
            .Query<Gate>()
            .Where(gate => gate.Service == service)
            .Where(gate => gate.MatchesSql("d.data ->> 'order' between ? and ?", since, until))
            .OrderBySql("d.data ->> 'order' desc")
            .Take(MostGates)
            .ToListAsync(stop);
    }

    private static TimeSpan Longest(Budget one, Budget other, IEnumerable<Policy> policies) =>
        policies
            .SelectMany(policy => PolicyRules.Windows(policy.Terms))
            .Select(name => Window.Parse(name).Length)
            .Append(BudgetTerms.LongestOf(one.Terms))
            .Append(BudgetTerms.LongestOf(other.Terms))
            .Max();

    private static DateTimeOffset ToTheMinute(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
