using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How composites look on a terminal.</summary>
public static class CompositePictures
{
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
        screen.WriteLine();
        var table = Screens.Table("PART", ">TARGET", ">AVAILABILITY", ">WEIGHT");
        Rows(table, composite.Graph, 0);
        screen.Write(table);
        foreach (var silent in composite.WithoutData)
            screen.Line($"[yellow]▲[/] Nothing is counted for {silent} in {composite.Window}.");
    }

    private static void Rows(Table table, CompositePartStatus part, int depth)
    {
        var name = part.Objective ?? $"{part.Kind}".ToLowerInvariant();
        table.AddRow(
            Screens.Cell($"{new string(' ', 2 * depth)}{name}"),
            Screens.Cell($"{Words.Percent(part.Target, "0.#####")}"),
            Screens.Cell($"{Share(part.Availability)}"),
            Screens.Cell($"{part.Weight?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""}")
        );
        foreach (var inner in part.Parts)
            Rows(table, inner, depth + 1);
    }

    private static string Share(decimal? share) => share is { } known ? Words.Percent(known, "0.#####") : "no data";
}
