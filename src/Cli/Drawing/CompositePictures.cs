using System.Globalization;
using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How composites look on a terminal.</summary>
public static class CompositePictures
{
    private const int Lines = 30;

    public static void Composites(IAnsiConsole screen, Page<CompositeStatus> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("COMPOSITE", "SERVICE", ">TARGET", ">WINDOW", ">AVAILABILITY", ">LEFT");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{one.Name}[/]"),
                    Screens.Cell($"{one.Service}"),
                    Screens.Cell($"{Words.Percent(one.Target, "0.#####")}"),
                    Screens.Cell($"{one.Window}"),
                    Screens.Cell($"{Share(one.Availability)}"),
                    Screens.Cell($"{BudgetPictures.Left(one.Remaining)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No composite is defined. `steady composite apply` defines one.");
    }

    public static void Page(IAnsiConsole screen, CompositeStatus composite, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{composite.Name}[/]  {composite.DisplayName}: {Words.Percent(composite.Target, "0.#####")} over {composite.Window}"
        );
        screen.Write(Bars.Share(composite.Remaining ?? 0, 40, Bars.Colour(composite.Remaining)));
        screen.Line(
            $"  [bold]{BudgetPictures.Left(composite.Remaining)}[/]{(composite.Remaining >= 0 ? " left" : "")}, availability {Share(composite.Availability)}"
        );
        var reachable = composite.Ceiling.Feasible;
        screen.Line($"{(reachable ? "✓" : "▲")} {composite.Ceiling.Derivation}");
        foreach (var alert in composite.Alerts ?? [])
            screen.Line(
                $"[red]![/] {alert.Severity} alert: above {alert.Factor:0.##}× over {alert.LongWindow} and {alert.ShortWindow}, {Words.Ago(alert.OpenedAt, now)}"
            );
        if (composite.BurnRates is { Count: > 0 } rates)
            screen.Line($"[dim]burn rate[/]  {string.Join("  ", rates.Select(Burned))}");
        screen.WriteLine();
        var table = Screens.Table("PART", ">TARGET", ">AVAILABILITY", ">WEIGHT");
        Rows(table, composite.Graph, 0);
        screen.Write(table);
        foreach (var silent in composite.WithoutData)
            screen.Line($"[yellow]▲[/] Nothing is counted for {silent} in {composite.Window}.");
    }

    public static void History(IAnsiConsole screen, CompositeHistory history, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{history.Name}[/]  {Words.Percent(history.Target, "0.#####")} over {history.Window}, {Words.Full(history.From)} to {Words.Full(history.To)}"
        );
        var table = Screens.Table("AT (UTC)", "LEFT", ">", ">AVAILABILITY", "WHAT HAPPENED");
        var since = DateTimeOffset.MinValue;
        foreach (var points in history.Points.Chunk((history.Points.Count + Lines - 1) / Lines))
        {
            var last = points[^1];
            var happened = history.Marks.Where(mark => mark.From > since && mark.From <= last.At).Select(Sentence);
            table.AddRow(
                Screens.Cell($"{last.At.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)}"),
                Bars.Share(last.Remaining ?? 0, 20, Bars.Colour(last.Remaining)),
                Screens.Cell($"{BudgetPictures.Left(last.Remaining)}"),
                Screens.Cell($"{Share(last.Availability)}"),
                Screens.Cell($"{string.Join("; ", happened)}")
            );
            since = last.At;
        }

        screen.Write(table);
    }

    private static string Sentence(HistoryMark mark) =>
        mark.Severity is { } severity ? $"{severity} alert {mark.Label}" : mark.Label;

    private static string Burned(BurnRate rate) => $"{rate.Window} {BudgetPictures.Rate(rate.Rate)}";

    private static void Rows(Table table, CompositePartStatus part, int depth)
    {
        var name = part.Objective ?? $"{part.Kind}".ToLowerInvariant();
        table.AddRow(
            Screens.Cell($"{new string(' ', 2 * depth)}{name}"),
            Screens.Cell($"{Words.Percent(part.Target, "0.#####")}"),
            Screens.Cell($"{Share(part.Availability)}"),
            Screens.Cell($"{part.Weight?.ToString(CultureInfo.InvariantCulture) ?? ""}")
        );
        foreach (var inner in part.Parts)
            Rows(table, inner, depth + 1);
    }

    private static string Share(decimal? share) => share is { } known ? Words.Percent(known, "0.#####") : "no data";
}
