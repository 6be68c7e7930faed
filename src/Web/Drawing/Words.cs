using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>How figures, moments and states are said on a page. Pure; English; UTC.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", English);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", English);

    /// <summary>A moment to its minute, in UTC: <c>2026-11-30 04:05</c>.</summary>
    public static string Minute(DateTimeOffset at) => Full(at)[..16];

    public static string Full(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", English);

    /// <summary>To the last digit: who asks what was known at an entry's own moment must find the entry.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", English);

    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        now - at is var past && past < TimeSpan.FromSeconds(5) ? "just now" : $"{Length(past)} ago";

    /// <summary>The two largest units, for example <c>3 min 20 s</c>.</summary>
    public static string Length(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 10 } => string.Create(English, $"{Math.Max(0, time.TotalSeconds):0.#} s"),
            { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
            { TotalMinutes: < 10 } => time.Seconds == 0
                ? $"{time.Minutes} min"
                : $"{time.Minutes} min {time.Seconds} s",
            { TotalHours: < 1 } => $"{time.Minutes} min",
            { TotalDays: < 1 } => time.Minutes == 0 ? $"{time.Hours} h" : $"{time.Hours} h {time.Minutes} min",
            _ => time.Hours == 0 ? $"{(int)time.TotalDays} d" : $"{(int)time.TotalDays} d {time.Hours} h",
        };

    /// <summary>Working time: hours do not become days, for example <c>62 h 30 min</c>.</summary>
    public static string Hours(long minutes) =>
        minutes < 60 ? $"{minutes} min"
        : minutes % 60 == 0 ? $"{Number(minutes / 60)} h"
        : $"{Number(minutes / 60)} h {minutes % 60} min";

    public static string Number(long value) => value.ToString("N0", English);

    /// <summary>Its beginning, where a picture has no room for all of it.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? text : $"{text.AsSpan(0, longest - 1).TrimEnd()}…";

    /// <summary>A share in per cent; a thousand of them and more need no decimals.</summary>
    public static string Percent(decimal share, string? form = null) =>
        $"{(share * 100).ToString(form ?? (Math.Abs(share) >= 10 ? "#,0" : "0.#"), English)} %";

    /// <summary>As many decimals as the target needs: 0.999 is <c>99.9 %</c>, 0.9995 is <c>99.95 %</c>.</summary>
    public static string Target(decimal target) => Percent(target, "0.#####");

    /// <summary>How much of the budget is used, in what it is counted in.</summary>
    public static string Used(BudgetStatus budget) =>
        (budget.Remaining, budget.Unit) switch
        {
            (null, _) => budget.Watermark is null ? "Nothing counted yet" : $"Nothing counted in {budget.Window}",
            (_, CountUnit.Slices) => $"{Number(budget.Bad)} of {Number(budget.AllowedBad)} bad slices used",
            ({ } left, CountUnit.SliceParts) => $"{Percent(1 - left)} of the budget used",
            _ => $"{Number(budget.Bad)} of {Number(budget.AllowedBad)} failures used",
        };

    public static string Rate(decimal? rate) =>
        rate is not { } known ? "no data"
        : known >= 100 ? $"{known.ToString("N0", English)}×"
        : $"{known.ToString("0.0", English)}×";

    public static int Digit(Severity severity) => (int)severity + 1;

    public static string Name(Severity severity) => $"SEV-{Digit(severity)}";

    public static string Name(IncidentStatus status) => status.ToString();

    public static string Tone(IncidentStatus status) =>
        status switch
        {
            IncidentStatus.Open => "bad",
            IncidentStatus.Triage or IncidentStatus.Acknowledged => "warn",
            _ => "ok",
        };

    public static string Strength(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency => $"{Number(rung.Magnitude)} ms latency",
            FaultKind.Failure => $"{Number(rung.Magnitude)} % failing",
            _ => FaultKinds.Strength(rung),
        };

    public static string Brief(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency or FaultKind.ServiceLatency => $"{Number(rung.Magnitude)} ms",
            FaultKind.Failure or FaultKind.ServiceFailure => $"{Number(rung.Magnitude)} %",
            _ => FaultKinds.Strength(rung),
        };

    public static string Name(RunState state) =>
        state switch
        {
            RunState.Baselining => "Measuring the steady state",
            RunState.Injecting => "Bringing the fault in",
            RunState.Holding => "Holding",
            RunState.Reverting => "Taking the faults out",
            RunState.Recovering => "Waiting for recovery",
            RunState.RevertUnconfirmed => "Fault may be left",
            _ => state.ToString(),
        };

    public static bool Ended(RunState state) =>
        state is RunState.Refused or RunState.Concluded or RunState.Halted or RunState.RevertUnconfirmed;

    public static string Name(BudgetState state) => state == BudgetState.NoData ? "No data" : state.ToString();

    /// <summary>Budgets denies deploys while a budget is exhausted or a page-level alert is open; one that was ended holds nothing.</summary>
    public static bool HoldsGate(BudgetStatus budget) =>
        !budget.Retired
        && (budget.State == BudgetState.Exhausted || budget.Alerts.Any(a => a.Severity == BurnSeverity.Page));
}
