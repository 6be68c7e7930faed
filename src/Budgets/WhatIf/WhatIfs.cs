using Steady.Budgets.History;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.WhatIf;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Gates;

/// <summary>What a past decision rested on besides the counts.</summary>
/// <param name="Policy">The revision of the policy that decided.</param>
/// <param name="Exclusions">Periods that it leaves out.</param>
/// <param name="Causes">Who spent within the windows that its rules look at.</param>
public sealed record GateGround(Policy Policy, IReadOnlyList<Interval> Exclusions, IReadOnlyList<CauseSpend> Causes);

/// <summary>Tells what came of a simulation. Pure.</summary>
public static class WhatIfs
{
    /// <summary>Today's terms with what is to be tried.</summary>
    public static ObjectiveTerms Terms(ObjectiveTerms today, AskWhatIf ask)
    {
        var method = ask.Method ?? today.Method;
        return today with
        {
            Target = ask.Target ?? today.Target,
            Method = method,
            Windows = ask.Windows ?? today.Windows,
            Slice = method == BudgetingMethod.Occurrences ? null : ask.Slice ?? today.Slice,
            Rules = ask.UsualRules ? null : ask.Rules ?? today.Rules,
            Guard = ask.Guard ?? today.Guard,
        };
    }

    public static WhatIfSide Side(Simulation run, TimeSpan step)
    {
        var alerts = Alerts(run.Events);
        var mayFail = BurnRates.MayFail(run.Budget.Target);
        var last = run.Moments[^1].Whole;
        return new WhatIfSide(
            run.Budget.Terms,
            alerts,
            alerts.Count(alert => alert.Severity == BurnSeverity.Page),
            alerts.Count(alert => alert.Severity == BurnSeverity.Ticket),
            Minutes(run, step, moment => moment.AlertOpen),
            Exhausted(run.Events),
            Minutes(run, step, moment => moment.Exhausted),
            Minutes(run, step, moment => moment.Exhausted || moment.PageOpen),
            run.Moments.Min(moment => moment.Whole.Remaining(mayFail)),
            new BudgetFigures(last.Good, last.Bad, last.Allowed(mayFail), last.Remaining(mayFail))
        );
    }

    /// <summary>What the objective alone says to a question that was asked, by the policy that decided it.</summary>
    public static GateVerdict Verdict(Simulation run, GateDecided asked, GateGround ground)
    {
        if (run.At(asked.At) is not { } moment)
            return asked.Decision;
        var (at, replay) = (moment.At, run.Without(ground.Exclusions));
        var input = asked.Inputs.FirstOrDefault(one => one.Objective == run.Budget.Name);
        var figures = new GateFigures(
            run.Budget.Name,
            run.Budget.Target,
            run.Budget.Window,
            replay.At(at).Whole(run.Budget.Terms),
            moment.PageOpen,
            input?.Watermark ?? asked.Watermark ?? asked.At
        )
        {
            TicketOpen = moment.AlertOpen && !moment.PageOpen,
            Windows = PolicyRules
                .Windows(ground.Policy.Terms)
                .ToDictionary(name => name, name => replay.Between(at - Window.Parse(name).Length, at)),
            Causes = ground.Causes,
        };
        var question = new AskGate(asked.Action, asked.Ref, asked.Environment, asked.ExpectedSpend, asked.Change);
        return Asking
            .Decide(asked.Service, question, [figures], new GateContext(ground.Policy), asked.By, asked.At)
            .Events.OfType<GateDecided>()
            .Single()
            .Decision;
    }

    /// <summary>Alerts from events in order, each once; one that escalated at its worst.</summary>
    public static IReadOnlyList<WhatIfAlert> Alerts(IEnumerable<object> events)
    {
        var order = new List<Guid>();
        var alerts = new Dictionary<Guid, WhatIfAlert>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case BurnAlertOpened e:
                    order.Add(e.AlertId);
                    alerts[e.AlertId] = new(e.Severity, e.LongWindow, e.ShortWindow, e.Factor, e.At, null);
                    break;
                case BurnAlertEscalated e when alerts.TryGetValue(e.AlertId, out var open):
                    alerts[e.AlertId] = new(
                        e.Severity,
                        e.LongWindow,
                        e.ShortWindow,
                        e.Factor,
                        open.OpenedAt,
                        open.ClosedAt
                    );
                    break;
                case BurnAlertClosed e when alerts.TryGetValue(e.AlertId, out var open):
                    alerts[e.AlertId] = open with { ClosedAt = e.At };
                    break;
            }
        }

        return [.. order.Select(id => alerts[id])];
    }

    private static List<WhatIfExhausted> Exhausted(IEnumerable<object> events)
    {
        var times = new List<WhatIfExhausted>();
        foreach (var happened in events)
        {
            if (happened is BudgetExhausted exhausted)
                times.Add(new WhatIfExhausted(exhausted.At, null));
            else if (happened is BudgetRestored restored)
                times[^1] = times[^1] with { Until = restored.At };
        }

        return times;
    }

    // A judgement stands until the next one; the last one is no time yet.
    private static long Minutes(Simulation run, TimeSpan step, Func<SimulatedMoment, bool> holds) =>
        run.Moments.SkipLast(1).Count(holds) * step.Ticks / TimeSpan.TicksPerMinute;
}
