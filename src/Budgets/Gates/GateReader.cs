using Marten;
using Steady.Budgets.Adjustments;
using Steady.Budgets.Burn;
using Steady.Budgets.Spending;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>Fetches what a gate decision is made of.</summary>
public sealed class GateReader(BudgetReader reader, CauseReader causes)
{
    /// <summary>The policy that decides, the decision before this one, and an override that holds.</summary>
    public static async Task<GateContext> Context(
        string service,
        AskGate ask,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var policies = await session.Query<GatePolicy>().Where(policy => !policy.Retired).ToListAsync(stop);
        var policy = Policy.For(service, ask.Environment, policies.Select(one => one.Policy()));
        var scope = Gate.ScopeOf(service, ask.Environment, ask.Action);
        var last = await session
            .Query<Gate>()
            .Where(gate => gate.Scope == scope)
            .OrderByDescending(gate => gate.Order)
            .FirstOrDefaultAsync(stop);
        var question = Gate.QuestionOf(service, ask.Environment, ask.Action, ask.Ref);
        var asked = await session
            .Query<Gate>()
            .Where(gate => gate.Question == question && gate.Overridden != null)
            .ToListAsync(stop);
        var holding = asked.Where(gate => gate.Overridden!.ExpiresAt > now).MaxBy(gate => gate.Overridden!.ExpiresAt);
        return new(
            policy,
            last is null
                ? null
                : new(last.Id, last.Decided.Decision, last.Decided.At, (long)(now - last.Decided.At).TotalSeconds),
            policy.Terms.Overrides.Allowed ? holding?.Override() : null
        );
    }

    /// <summary>The figures of every objective of the service, by name.</summary>
    public async Task<IReadOnlyList<GateFigures>> Figures(
        string service,
        GatePolicyTerms terms,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var budgets = await session
            .Query<Budget>()
            .Where(budget => budget.Service == service)
            .OrderBy(budget => budget.Name)
            .ToListAsync(stop);
        var figures = new List<GateFigures>();
        // A retired objective holds nobody back.
        foreach (var budget in budgets.Where(budget => !budget.Retired))
        {
            var asked = budget with { Exclusions = await Exclusions(budget, terms, session, stop) };
            figures.Add(
                (await Read(asked, terms, now, stop)) with
                {
                    Causes = await Spenders(asked, terms, session, now, stop),
                }
            );
        }

        return figures;
    }

    /// <summary>The periods that are left out. A policy may accept some categories only: periods of the others count.</summary>
    public static async Task<IReadOnlyList<Interval>> Exclusions(
        Budget budget,
        GatePolicyTerms terms,
        IQuerySession session,
        CancellationToken stop
    )
    {
        if (terms.Waivers is not { } accepted || budget.Exclusions.Count == 0)
            return budget.Exclusions;
        var book = await session.LoadAsync<AdjustmentBook>(AdjustmentBook.IdOf(budget.Of.ObjectiveId), stop);
        return book?.Excluded([.. accepted]) ?? [];
    }

    /// <summary>Who spent how much within the windows that rules look at, up to a moment.</summary>
    public async Task<IReadOnlyList<CauseSpend>> Spenders(
        Budget budget,
        GatePolicyTerms terms,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var spenders = new List<CauseSpend>();
        foreach (var within in PolicyRules.Accounted(terms))
        {
            var from = now - Window.Parse(within).Length;
            var known = (await CauseReader.Read([budget], session, from, now, stop))[0];
            var (lines, _, _) = await causes.Ledger(budget, known, from, now, stop);
            spenders.AddRange(
                lines
                    .Where(line => line.CauseId is not null)
                    .GroupBy(line => (line.Kind, line.Class, line.Label, line.CauseId))
                    .Select(one => new CauseSpend(
                        within,
                        one.Key.Kind,
                        one.Key.Class,
                        one.Key.Label,
                        one.Sum(line => line.Bad)
                    ))
            );
        }

        return spenders;
    }

    private async Task<GateFigures> Read(
        Budget budget,
        GatePolicyTerms terms,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        // The windows that rules look at are read like windows of the objective, behind its own.
        var own = budget.Terms.Windows;
        var more = PolicyRules.Windows(terms).Select(name => new WindowTerms(name)).Except(own);
        var asked = budget with { Terms = budget.Terms with { Windows = [.. own, .. more] } };
        var reading = await reader.Read(asked, now, stop);
        return new(
            budget.Name,
            budget.Target,
            budget.Window,
            reading.Whole(asked.Terms),
            budget.Alerts.Any(alert => alert.Severity == BurnSeverity.Page),
            reading.KnownUntil(now)
        )
        {
            TicketOpen = budget.Alerts.Any(alert => alert.Severity == BurnSeverity.Ticket),
            ExhaustedAt = budget.ExhaustedAt,
            Unadjusted = reading.UnadjustedWhole(asked.Terms),
            Windows = PolicyRules.Windows(terms).ToDictionary(name => name, reading.In),
        };
    }
}
