using System.Globalization;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>A policy and the revision of it that decides.</summary>
public sealed record Policy(string Name, long Revision, GatePolicyTerms Terms)
{
    /// <summary>What holds where no policy was written: as the first versions of this service decided.</summary>
    public static Policy BuiltIn { get; } =
        new(
            "built-in",
            1,
            new(
                ["*"],
                ["*"],
                [
                    new("exhausted", new(Exhausted: true), GateVerdict.Deny, [], [], null),
                    new("page", new(AlertOpen: AlertLevel.Page), GateVerdict.Deny, [], [], null),
                    new(
                        "expected-spend",
                        new(ExpectedSpendAboveRemaining: true),
                        GateVerdict.Deny,
                        [GateAction.Experiment],
                        [],
                        null
                    ),
                ],
                [],
                null,
                null,
                "5m",
                new(true, "4h"),
                null
            )
        );

    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Name}@{Revision}");

    /// <summary>
    /// The one policy that decides: of those that cover the service and the environment the one that names them most
    /// closely, first the service, then the environment; at a tie the first by name.
    /// </summary>
    public static Policy For(string service, string environment, IEnumerable<Policy> policies) =>
        policies
            .Select(policy =>
                (
                    Policy: policy,
                    Service: Closeness(policy.Terms.Services, service),
                    Environment: Closeness(policy.Terms.Environments, environment)
                )
            )
            .Where(one => one.Service >= 0 && one.Environment >= 0)
            .OrderByDescending(one => one.Service)
            .ThenByDescending(one => one.Environment)
            .ThenBy(one => one.Policy.Name, StringComparer.Ordinal)
            .Select(one => one.Policy)
            .FirstOrDefault(BuiltIn);

    // How many letters of a name the closest pattern gives; a name without wildcards is closer than any pattern.
    private static int Closeness(IReadOnlyList<string> patterns, string name) =>
        patterns
            .Where(pattern => Patterns.Match(pattern, name))
            .Select(pattern =>
                pattern.AsSpan().IndexOfAny('*', '?') < 0
                    ? int.MaxValue
                    : pattern.Count(letter => letter is not ('*' or '?'))
            )
            .DefaultIfEmpty(-1)
            .Max();
}

/// <summary>Whether the rules of a policy hold for one objective, and how that is told. Every comparison is in integers.</summary>
public static class PolicyRules
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>The windows that rules look at besides the objective's own.</summary>
    public static IReadOnlyList<string> Windows(GatePolicyTerms terms) =>
        [
            .. terms
                .Rules.Select(rule =>
                    rule.When.BurnRateAbove?.Window
                    ?? (rule.When.SpentAbove ?? rule.When.IncidentAbove ?? rule.When.ClassAbove)?.Within
                )
                .OfType<string>()
                .Append("1h")
                .Distinct(),
        ];

    /// <summary>Windows for which it must be known who spent how much.</summary>
    public static IReadOnlyList<string> Accounted(GatePolicyTerms terms) =>
        [
            .. terms
                .Rules.Select(rule => (rule.When.IncidentAbove ?? rule.When.ClassAbove)?.Within)
                .OfType<string>()
                .Distinct(),
        ];

    /// <summary>Why the rule holds; null when it does not.</summary>
    public static string? Holds(GateRule rule, AskGate ask, GateFigures objective, DateTimeOffset now)
    {
        if (rule.Actions.Count > 0 && !rule.Actions.Contains(ask.Action))
            return null;
        var (when, whole, mayFail) = (rule.When, objective.Whole, BurnRates.MayFail(objective.Target));
        var sentence = when switch
        {
            { Exhausted: true } when whole.IsExhausted(mayFail) => Text(
                $"the budget is exhausted, {whole.Bad} failures in {objective.Window} where {whole.Allowed(mayFail)} are allowed."
            ),
            { RemainingBelow: { } share } when whole.HasLessThan(Ratio.Of(share), mayFail) => Text(
                $"{Percent(whole.Remaining(mayFail))} of the budget is left, less than {Percent(share)}."
            ),
            { AlertOpen: AlertLevel.Page } when objective.PageOpen =>
                "a page-level burn alert is open. Wait until it closes.",
            { AlertOpen: AlertLevel.Any } when objective.PageOpen || objective.TicketOpen =>
                "a burn alert is open. Wait until it closes.",
            { BurnRateAbove: { } burn } => Burning(objective, burn, mayFail),
            { ExpectedSpendAboveRemaining: true } => Expecting(ask, whole, mayFail),
            { DataOlderThan: { } age } => Aged(objective, age, now),
            { SpentAbove: { } spent } => Spent(objective, spent, mayFail),
            { IncidentAbove: { } spent } => Single(objective, spent, mayFail),
            { ClassAbove: { } spent } => Class(objective, spent, mayFail),
            _ => null,
        };
        return sentence is null
            ? null
            : $"{objective.Objective}: {sentence}{(rule.Reason is null ? "" : $" {rule.Reason}")}";
    }

    /// <summary>Whether these failures are more than this share of the budget of a window; exactly the share is not more.</summary>
    public static bool IsMoreThan(long bad, Ratio share, Tally window, Ratio mayFail) =>
        (Int128)bad * mayFail.Denominator * share.Denominator
        > (Int128)share.Numerator * mayFail.Numerator * window.Total;

    public static string Percent(decimal? share) => string.Create(Plain, $"{100 * share:0.##} %");

    private static string? Burning(GateFigures objective, BurnAbove burn, Ratio mayFail)
    {
        var tally = objective.In(burn.Window);
        return tally.IsAbove(Ratio.Of(burn.Factor), mayFail)
            ? Text($"the burn rate of {burn.Window} is {tally.Rate(mayFail):0.##}, above {burn.Factor:0.####}.")
            : null;
    }

    private static string? Expecting(AskGate ask, Tally whole, Ratio mayFail) =>
        ask.ExpectedSpend is { } expected && whole.HasLessThan(Ratio.Of(expected), mayFail)
            ? Text(
                $"the {(ask.Action == GateAction.Experiment ? "experiment" : "deploy")} may spend {Percent(expected)} of the budget and {Percent(whole.Remaining(mayFail))} is left."
            )
            : null;

    private static string? Aged(GateFigures objective, string age, DateTimeOffset now) =>
        objective.Watermark is { } mark && now - mark > Window.Parse(age).Length
            ? Text($"nothing was counted since {mark:yyyy-MM-dd HH:mm:ss}Z, more than {age} ago.")
            : null;

    private static string? Spent(GateFigures objective, SpentAbove spent, Ratio mayFail)
    {
        var tally = objective.In(spent.Within);
        return IsMoreThan(tally.Bad, Ratio.Of(spent.Share), tally, mayFail)
            ? Text(
                $"{Percent(tally.ShareOfBudget(tally.Bad, mayFail))} of the budget of the last {spent.Within} is spent, more than {Percent(spent.Share)}."
            )
            : null;
    }

    private static string? Single(GateFigures objective, SpentAbove spent, Ratio mayFail)
    {
        var tally = objective.In(spent.Within);
        var worst = objective
            .Causes.Where(cause => cause.Within == spent.Within && cause.Kind == CauseKind.Incident)
            .MaxBy(cause => cause.Bad);
        return worst is not null && IsMoreThan(worst.Bad, Ratio.Of(spent.Share), tally, mayFail)
            ? Text(
                $"the incident \"{worst.Label}\" alone spent {Percent(tally.ShareOfBudget(worst.Bad, mayFail))} of the budget of {spent.Within}, more than {Percent(spent.Share)}."
            )
            : null;
    }

    private static string? Class(GateFigures objective, SpentAbove spent, Ratio mayFail)
    {
        var tally = objective.In(spent.Within);
        var worst = objective
            .Causes.Where(cause => cause.Within == spent.Within)
            .GroupBy(cause => cause.Class)
            .Select(same => (Class: same.Key, Bad: same.Sum(cause => cause.Bad)))
            .OrderByDescending(same => same.Bad)
            .FirstOrDefault();
        return IsMoreThan(worst.Bad, Ratio.Of(spent.Share), tally, mayFail)
            ? Text(
                $"the class \"{worst.Class}\" spent {Percent(tally.ShareOfBudget(worst.Bad, mayFail))} of the budget of {spent.Within}, more than {Percent(spent.Share)}."
            )
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(Plain);
}
