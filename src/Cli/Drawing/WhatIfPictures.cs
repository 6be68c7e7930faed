using Spectre.Console;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How other terms look beside today's on a terminal.</summary>
internal static class WhatIfPictures
{
    private const int MostAlerts = 12;

    public static void Page(IAnsiConsole screen, WhatIfAnswer answer, DateTimeOffset now)
    {
        screen.Line($"[bold]{answer.Objective}[/]  {Words.Full(answer.From)} to {Words.Full(answer.To)}");
        screen.WriteLine();
        var (today, whatIf) = (answer.Today, answer.WhatIf);
        var table = Screens.Table("", ">TODAY", ">WHAT IF");
        Row("target", Target(today), Target(whatIf));
        Row("windows", Windows(today), Windows(whatIf));
        Row("left at the end", BudgetPictures.Left(today.End.Remaining), BudgetPictures.Left(whatIf.End.Remaining));
        Row("least that was left", BudgetPictures.Left(today.Least), BudgetPictures.Left(whatIf.Least));
        Row("pages", $"{today.Pages}", $"{whatIf.Pages}");
        Row("tickets", $"{today.Tickets}", $"{whatIf.Tickets}");
        Row("an alert open", ToilPictures.Hours(today.AlertMinutes), ToilPictures.Hours(whatIf.AlertMinutes));
        Row("exhausted", ToilPictures.Hours(today.ExhaustedMinutes), ToilPictures.Hours(whatIf.ExhaustedMinutes));
        Row("gate closed", ToilPictures.Hours(today.GateClosedMinutes), ToilPictures.Hours(whatIf.GateClosedMinutes));
        screen.Write(table);
        Alerts(screen, "Today", today.Alerts);
        Alerts(screen, "What if", whatIf.Alerts);
        foreach (var gate in answer.Gates.Where(gate => gate.Today != gate.WhatIf))
            screen.Line(
                $"[yellow]▲[/] {gate.Action} of {gate.Ref}, {Words.Ago(gate.At, now)}: {Word(gate.Today)} today, {Word(gate.WhatIf)} then"
            );

        void Row(string name, string one, string other) =>
            table.AddRow(Screens.Cell($"[dim]{name}[/]"), Screens.Cell($"{one}"), Screens.Cell($"[bold]{other}[/]"));
    }

    private static void Alerts(IAnsiConsole screen, string side, IReadOnlyList<WhatIfAlert> alerts)
    {
        if (alerts.Count == 0)
            return;
        screen.WriteLine();
        screen.Line($"[bold]{side}[/]");
        foreach (var alert in alerts.TakeLast(MostAlerts))
            screen.Line(
                $"  {alert.Severity} over {alert.LongWindow}/{alert.ShortWindow} at {Words.Full(alert.OpenedAt)} {Lasted(alert)}"
            );
        if (alerts.Count > MostAlerts)
            screen.Line($"  [dim]and {alerts.Count - MostAlerts} before[/]");
    }

    private static string Lasted(WhatIfAlert alert) =>
        alert.ClosedAt is { } closed ? $"for {Words.Length(closed - alert.OpenedAt)}" : "and open at the end";

    private static string Target(WhatIfSide side) => Words.Percent(side.Terms.Target, "0.#####");

    private static string Windows(WhatIfSide side) => string.Join(", ", side.Terms.Windows.Select(w => w.Duration));

    private static string Word(GateVerdict verdict) => $"{verdict}".ToLowerInvariant();
}
