using System.Globalization;
using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How objectives, budgets and gates look on a terminal.</summary>
internal static class BudgetPictures
{
    public static void Defined(IAnsiConsole screen, ObjectiveView objective, DateTimeOffset now)
    {
        screen.Line($"[green]✓[/] [bold]{objective.Name}[/]: {Promise(objective.Target, objective.Window)}");
        screen.Line(
            $"[dim]Push counts to the indicator {objective.Sli}; `steady budget show {objective.Name}` reads it.[/]"
        );
    }

    public static void Objectives(IAnsiConsole screen, Page<ObjectiveView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("OBJECTIVE", "SERVICE", "INDICATOR", ">TARGET", ">WINDOW", "DEFINED", "TITLE");
            foreach (var objective in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{objective.Name}[/]"),
                    Screens.Cell($"{objective.Service}"),
                    Screens.Cell($"{objective.Sli}"),
                    Screens.Cell($"{Words.Percent(objective.Target, "0.#####")}"),
                    Screens.Cell($"{objective.Window}"),
                    Screens.Cell($"{Words.Ago(objective.DefinedAt, now)}"),
                    Screens.Cell($"{objective.DisplayName}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No objective is defined. `steady objective apply -f` defines one.");
    }

    public static void Budgets(IAnsiConsole screen, Page<BudgetStatus> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table(
                "BUDGET",
                "SERVICE",
                "STATE",
                "LEFT",
                ">",
                ">TARGET",
                ">BURN 1H",
                "COUNTED UNTIL"
            );
            foreach (var budget in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{budget.Objective}[/]"),
                    Screens.Cell($"{budget.Service}"),
                    Words.Mark(budget.State),
                    Bars.Share(budget.Remaining ?? 0, 10, Bars.Colour(budget.Remaining)),
                    Screens.Cell($"{Left(budget.Remaining)}"),
                    Screens.Cell($"{Words.Percent(budget.Target, "0.#####")}"),
                    Screens.Cell($"{Rate(budget.BurnRates.FirstOrDefault(r => r.Window == "1h")?.Rate)}"),
                    Screens.Cell($"{Counted(budget, now)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No budget: no objective is defined.");
    }

    public static void Page(IAnsiConsole screen, BudgetStatus budget, DateTimeOffset now)
    {
        screen.Write(Screens.Cell($"[bold]{budget.Objective}[/]  "));
        screen.Write(Words.Mark(budget.State));
        screen.WriteLine();
        screen.Line($"{budget.DisplayName}: {Promise(budget.Target, budget.Window)}");
        screen.WriteLine();
        screen.Write(Bars.Share(budget.Remaining ?? 0, 40, Bars.Colour(budget.Remaining)));
        screen.Line($"  [bold]{Left(budget.Remaining)}[/]{(budget.Remaining >= 0 ? " left" : "")}");
        screen.Line(
            $"{Words.Number(budget.Bad)} failures where {Words.Number(budget.AllowedBad)} are allowed, in {Words.Number(budget.Good + budget.Bad)} requests [dim](counted until {Counted(budget, now)})[/]"
        );
        foreach (var alert in budget.Alerts)
            screen.Line(
                $"[red]▲ {alert.Severity}[/]: over {Rate(alert.Factor)} in {alert.LongWindow} and {alert.ShortWindow}, since {Words.Ago(alert.OpenedAt, now)}"
            );
        if (budget.Forecast is { } forecast)
            screen.Line($"[dim]{Ahead(forecast, now)}[/]");
        screen.WriteLine();
        Burn(screen, budget);
        if (budget.Spend.Count > 0)
            Spend(screen, budget);
    }

    public static void Gate(IAnsiConsole screen, GateAnswer answer, DateTimeOffset now)
    {
        var decision = answer.Data;
        var what = $"{decision.Action}".ToLowerInvariant();
        if (decision.Decision == GateVerdict.Warn)
            screen.Line($"[yellow]▲ warn[/]  {what} of {decision.Ref} to {decision.Environment}");
        else if (decision.Ok)
            screen.Line($"[green]✓ allow[/]  {what} of {decision.Ref} to {decision.Environment}");
        else
            screen.Line($"[red]✕ deny[/]  {what} of {decision.Ref} to {decision.Environment}");
        foreach (var reason in decision.Reasons)
            screen.Line($"  {reason}");
        screen.Line($"[dim]decision {decision.DecisionId}, by {decision.Policy}[/]");
    }

    private static void Burn(IAnsiConsole screen, BudgetStatus budget)
    {
        var table = Screens.Table("BURN", ">RATE", ">GOOD", ">BAD");
        foreach (var rate in budget.BurnRates)
            table.AddRow(
                Screens.Cell($"{rate.Window}"),
                Screens.Cell($"{Rate(rate.Rate)}"),
                Screens.Cell($"{Words.Number(rate.Good)}"),
                Screens.Cell($"{Words.Number(rate.Bad)}")
            );
        screen.Write(table);
    }

    private static void Spend(IAnsiConsole screen, BudgetStatus budget)
    {
        screen.WriteLine();
        var table = Screens.Table("SPENT BY", "", ">SHARE", ">FAILURES", "WHAT");
        foreach (var share in budget.Spend)
            table.AddRow(
                Screens.Cell($"{$"{share.Kind}".ToLowerInvariant()}"),
                Bars.Share(budget.Bad == 0 ? 0 : (decimal)share.Bad / budget.Bad, 10, "blue"),
                Screens.Cell($"{Words.Percent(share.ShareOfBudget)}"),
                Screens.Cell($"{Words.Number(share.Bad)}"),
                Screens.Cell($"{(share.Kind == CauseKind.Unattributed ? "no cause is known" : share.Label)}")
            );
        screen.Write(table);
    }

    private static string Ahead(BudgetForecast forecast, DateTimeOffset now) =>
        forecast.ExhaustedAt is { } empty
            ? $"At the pace since {Words.Full(forecast.From)} it is empty {Words.Ago(empty, now)}."
            : $"At the pace since {Words.Full(forecast.From)} it lasts until {Words.Full(forecast.Horizon)} at least.";

    private static string Promise(decimal target, string window) => $"{Words.Percent(target, "0.#####")} over {window}";

    public static string Left(decimal? remaining) =>
        remaining switch
        {
            null => "no data",
            < 0 => $"{Words.Percent(-remaining.Value)} overspent",
            { } share => Words.Percent(share),
        };

    public static string Rate(decimal? rate) =>
        rate is { } known ? $"{known.ToString("0.0", CultureInfo.InvariantCulture)}×" : "–";

    private static string Counted(BudgetStatus budget, DateTimeOffset now) =>
        // The newest bucket usually ends in a few seconds.
        budget.Watermark
            is { } end
            ? Words.Ago(end < now ? end : now, now)
            : "never";
}
