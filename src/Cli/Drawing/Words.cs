using System.Globalization;
using Spectre.Console;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How figures, moments and states are said on a terminal. Pure; English; UTC.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        (now - at).TotalSeconds switch
        {
            // Clocks of two machines differ a little; only more than that is the future.
            > -5 and < 5 => "just now",
            < 0 => $"in {Length(Whole(at - now))}",
            _ => $"{Length(Whole(now - at))} ago",
        };

    /// <summary>The largest unit, and the next one while it matters.</summary>
    public static string Length(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 10 } => string.Create(English, $"{time.TotalSeconds:0.#} s"),
            { TotalMinutes: < 1 } => $"{time.Seconds} s",
            { TotalMinutes: < 10, Seconds: > 0 } => $"{time.Minutes} min {time.Seconds} s",
            { TotalHours: < 1 } => $"{time.Minutes} min",
            { TotalHours: < 10, Minutes: > 0 } => $"{time.Hours} h {time.Minutes} min",
            { TotalDays: < 1 } => $"{time.Hours} h",
            { TotalDays: < 10, Hours: > 0 } => $"{time.Days} d {time.Hours} h",
            _ => $"{time.Days} d",
        };

    // What is told in days is not a day less because a second has gone by.
    private static TimeSpan Whole(TimeSpan time) =>
        time.TotalDays >= 10
            ? TimeSpan.FromDays(Math.Round(time.TotalDays))
            : TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", English);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", English);

    public static string Full(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", English);

    public static string Number(long value) => value.ToString("N0", English);

    public static string Percent(decimal share, string form = "0.#") => $"{(share * 100).ToString(form, English)} %";

    public static string Strength(Rung rung) =>
        rung.Fault == FaultKind.Latency ? $"{Number(rung.Magnitude)} ms latency" : FaultKinds.Strength(rung);

    /// <summary>The breaking point as a number, and what it was: "broke at 320 ms latency, was 180 ms latency".</summary>
    public static string BrokeAt(BreakingPoint broke, BreakingPoint? was)
    {
        var now =
            $"broke {(FaultKinds.Most(broke.Fault) == 1 ? "with" : "at")} {Strength(new Rung(broke.Fault, broke.At))}";
        return was is null ? now : $"{now}, was {Strength(new Rung(was.Fault, was.At))}";
    }

    public static string Name(Severity severity) => $"SEV-{(int)severity + 1}";

    public static string Name(RunState state) =>
        state switch
        {
            RunState.Baselining => "measuring the steady state",
            RunState.Injecting => "bringing the fault in",
            RunState.Holding => "holding",
            RunState.Reverting => "taking the faults out",
            RunState.Recovering => "waiting for recovery",
            RunState.RevertUnconfirmed => "a fault may be left",
            _ => $"{state}".ToLowerInvariant(),
        };

    public static bool Ended(RunState state) =>
        state is RunState.Refused or RunState.Concluded or RunState.Halted or RunState.RevertUnconfirmed;

    public static Markup Mark(Severity severity) =>
        Screens.Styled(
            severity switch
            {
                Severity.Sev1 => "[bold red]SEV-1[/]",
                Severity.Sev2 => "[yellow]SEV-2[/]",
                Severity.Sev3 => "[blue]SEV-3[/]",
                _ => "[dim]SEV-4[/]",
            }
        );

    public static Markup Mark(IncidentStatus status) =>
        Screens.Styled(
            status switch
            {
                IncidentStatus.Open => "[red]● open[/]",
                IncidentStatus.Acknowledged => "[yellow]◐ acknowledged[/]",
                IncidentStatus.Mitigated => "[blue]◑ mitigated[/]",
                IncidentStatus.Triage => "[yellow]? triage[/]",
                IncidentStatus.Closed => "[green]✓ closed[/]",
                IncidentStatus.Declined => "[dim]✕ declined[/]",
                IncidentStatus.Merged => "[dim]→ merged[/]",
                _ => "[green]✓ resolved[/]",
            }
        );

    public static Markup Mark(BudgetState state) =>
        Screens.Styled(
            state switch
            {
                BudgetState.NoData => "[dim]○ no data[/]",
                BudgetState.Healthy => "[green]✓ healthy[/]",
                BudgetState.Burning => "[yellow]▲ burning[/]",
                _ => "[red]✕ exhausted[/]",
            }
        );

    public static Markup Mark(RunState state, Verdict? verdict) =>
        (state, verdict) switch
        {
            (RunState.RevertUnconfirmed, _) => Screens.Cell($"[bold red]▲ {Name(state)}[/]"),
            (RunState.Refused or RunState.Halted, _) => Screens.Cell($"[yellow]■ {Name(state)}[/]"),
            (RunState.Concluded, Verdict.Held) => Screens.Styled("[green]✓ held[/]"),
            (RunState.Concluded, Verdict.Broke) => Screens.Styled("[red]✕ broke[/]"),
            (RunState.Concluded, _) => Screens.Styled("[yellow]? inconclusive[/]"),
            _ => Screens.Cell($"[blue]● {Name(state)}[/]"),
        };
}
