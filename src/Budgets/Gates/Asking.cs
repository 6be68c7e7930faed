using System.Globalization;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Gates;

/// <summary>What one cause spent within a window that a rule looks at.</summary>
public sealed record CauseSpend(string Within, CauseKind Kind, string Class, string Label, long Bad);

/// <summary>What one objective of the service says. All tallies are official: without what adjustments leave out.</summary>
public sealed record GateFigures(
    string Objective,
    decimal Target,
    string Window,
    Tally Whole,
    bool PageOpen,
    DateTimeOffset? Watermark
)
{
    public bool TicketOpen { get; init; }
    public DateTimeOffset? ExhaustedAt { get; init; }

    /// <summary>The objective's window without any adjustment; null when it has none.</summary>
    public Tally? Unadjusted { get; init; }

    /// <summary>By the names of the windows that rules look at.</summary>
    public IReadOnlyDictionary<string, Tally> Windows { get; init; } = new Dictionary<string, Tally>();

    public IReadOnlyList<CauseSpend> Causes { get; init; } = [];

    public Tally In(string window) => Windows.GetValueOrDefault(window);
}

/// <summary>What a decision needs to know besides the figures.</summary>
/// <param name="Policy">What decides.</param>
/// <param name="Last">The decision before, on the same service, environment and action.</param>
/// <param name="Override">An override that holds now for exactly this question.</param>
public sealed record GateContext(Policy Policy, LastDecision? Last = null, GateOverride? Override = null);

/// <summary>Whether there is budget for an action. Every no has its figures, and so has every yes. Pure.</summary>
public static class Asking
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Decision Decide(
        string service,
        AskGate ask,
        IReadOnlyList<GateFigures> objectives,
        GateContext context,
        string by,
        DateTimeOffset now
    )
    {
        var (verdict, reasons) = Judge(ask, objectives, context, now);
        var terms = context.Policy.Terms;
        return
        [
            new GateDecided(
                service,
                ask.Action,
                ask.Ref,
                ask.Environment,
                ask.ExpectedSpend,
                verdict,
                reasons,
                objectives.Min(objective => objective.Whole.Remaining(MayFail(objective))),
                [.. objectives.Select(Input)],
                objectives.All(objective => objective.Watermark is not null)
                    ? objectives.Min(objective => objective.Watermark)
                    : null,
                now,
                by,
                ask.Change,
                objectives.Max(objective => objective.In("1h").Rate(MayFail(objective))),
                objectives.Min(objective => objective.ExhaustedAt),
                context.Policy.Label,
                ValidUntil(verdict, ask, context, now),
                context.Last,
                context.Override,
                ask.IdempotencyKey,
                terms.Overrides.Allowed ? (int)Window.Parse(terms.Overrides.AtMost).Length.TotalMinutes : 0
            ),
        ];
    }

    private static (GateVerdict Verdict, IReadOnlyList<string> Reasons) Judge(
        AskGate ask,
        IReadOnlyList<GateFigures> objectives,
        GateContext context,
        DateTimeOffset now
    )
    {
        var findings = Findings(ask, objectives, context.Policy.Terms, now).ToList();
        var noes = findings.Where(finding => finding.Verdict == GateVerdict.Deny).Select(finding => finding.Why);
        var warnings = findings.Where(finding => finding.Verdict == GateVerdict.Warn).Select(finding => finding.Why);
        if (noes.Any() && context.Override is { } over)
            return (GateVerdict.Allow, [Overridden(over), .. noes, .. warnings]);
        if (noes.Any())
            return (GateVerdict.Deny, [.. noes, .. warnings]);
        var passes = findings.Where(finding => finding.Verdict == GateVerdict.Allow).Select(finding => finding.Why);
        if (warnings.Any())
            return (GateVerdict.Warn, [.. warnings, .. passes]);
        return (
            GateVerdict.Allow,
            objectives.Count == 0
                ? ["No objective covers this service.", .. passes]
                : [.. objectives.Select(Yes), .. passes]
        );
    }

    // Allow marks a rule that holds and lets this kind of change through all the same.
    private static IEnumerable<(GateVerdict Verdict, string Why)> Findings(
        AskGate ask,
        IReadOnlyList<GateFigures> objectives,
        GatePolicyTerms terms,
        DateTimeOffset now
    )
    {
        foreach (var freeze in terms.Freezes)
        {
            if (freeze.Actions.Count > 0 && !freeze.Actions.Contains(ask.Action))
                continue;
            if (Freezing.Until(freeze, now) is { } until)
                yield return Excepted(
                    ask,
                    freeze.Except,
                    freeze.Then,
                    Text($"The freeze \"{freeze.Name}\" holds until {until:yyyy-MM-dd HH:mm}Z.")
                );
        }

        foreach (var failing in Failing(objectives, terms, now))
            yield return failing;
        foreach (var objective in objectives)
        {
            foreach (var rule in terms.Rules)
            {
                if (PolicyRules.Holds(rule, ask, objective, now) is { } why)
                    yield return Excepted(ask, rule.Except, rule.Then, why);
            }
        }
    }

    private static (GateVerdict, string) Excepted(
        AskGate ask,
        IReadOnlyList<string> except,
        GateVerdict then,
        string why
    ) =>
        ask.Change is { } change && except.Contains(change)
            ? (GateVerdict.Allow, $"{why} A {change} is let through.")
            : (then, why);

    private static IEnumerable<(GateVerdict, string)> Failing(
        IReadOnlyList<GateFigures> objectives,
        GatePolicyTerms terms,
        DateTimeOffset now
    )
    {
        if (terms.Fail is not { } mode)
            yield break;
        var (verdict, how) =
            mode == FailureMode.Closed
                ? (GateVerdict.Deny, "the gate fails closed")
                : (GateVerdict.Warn, "the gate fails open");
        if (objectives.Count == 0)
            yield return (verdict, $"No objective covers this service: {how}.");
        foreach (var objective in objectives)
        {
            if (objective.Watermark is not { } mark || objective.Whole.Total == 0)
                yield return (verdict, $"{objective.Objective}: nothing was counted in {objective.Window}: {how}.");
            else if (terms.StaleAfter is { } stale && now - mark > Window.Parse(stale).Length)
                yield return (
                    verdict,
                    Text(
                        $"{objective.Objective}: nothing was counted since {mark:yyyy-MM-dd HH:mm:ss}Z, more than {stale} ago: {how}."
                    )
                );
        }
    }

    // An answer is not valid into a freeze that has not begun, nor longer than what let it through.
    private static DateTimeOffset ValidUntil(GateVerdict verdict, AskGate ask, GateContext context, DateTimeOffset now)
    {
        var until = now + Window.Parse(context.Policy.Terms.ValidFor).Length;
        if (verdict == GateVerdict.Deny)
            return until;
        var freezes = context.Policy.Terms.Freezes.Where(freeze =>
            freeze.Then == GateVerdict.Deny
            && (freeze.Actions.Count == 0 || freeze.Actions.Contains(ask.Action))
            && (ask.Change is null || !freeze.Except.Contains(ask.Change))
        );
        return freezes
            .Select(freeze => Freezing.Next(freeze, now))
            .Append(context.Override?.ExpiresAt)
            .OfType<DateTimeOffset>()
            .Append(until)
            .Min();
    }

    private static string Overridden(GateOverride over) =>
        Text(
            $"Overridden until {over.ExpiresAt:yyyy-MM-dd HH:mm}Z, proposed by {over.ProposedBy} and approved by {over.ApprovedBy}: {over.Reason}"
        );

    private static string Yes(GateFigures objective) =>
        objective.Whole.Remaining(MayFail(objective)) is { } left
            ? $"{objective.Objective}: {PolicyRules.Percent(left)} of the budget is left and {Alerts(objective)}."
            : $"{objective.Objective}: nothing was counted in {objective.Window} and {Alerts(objective)}.";

    private static string Alerts(GateFigures objective) =>
        objective.PageOpen ? "a page-level burn alert is open" : "no page-level burn alert is open";

    private static GateInput Input(GateFigures objective)
    {
        var (whole, mayFail) = (objective.Whole, MayFail(objective));
        var raw = objective.Unadjusted ?? whole;
        return new(
            objective.Objective,
            objective.Target,
            whole.Good,
            whole.Bad,
            whole.Allowed(mayFail),
            objective.PageOpen,
            raw.Good,
            raw.Bad,
            objective.In("1h").Rate(mayFail),
            objective.Watermark,
            [.. objective.Windows.Select(window => new WindowCounts(window.Key, window.Value.Good, window.Value.Bad))]
        );
    }

    private static Ratio MayFail(GateFigures objective) => BurnRates.MayFail(objective.Target);

    private static string Text(FormattableString text) => text.ToString(Plain);
}
