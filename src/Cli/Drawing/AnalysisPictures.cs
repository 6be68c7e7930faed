using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>The order of a story and what contradicts itself in it, for people.</summary>
internal static class AnalysisPictures
{
    public static void Order(IAnsiConsole screen, TimelineOrder order, DateTimeOffset now)
    {
        var table = Screens.Table("WHEN", "", "WHAT", "SOURCE");
        foreach (var one in order.Items)
            table.AddRow(
                Screens.Cell($"{Words.Full(one.Entry.OccurredAt)}"),
                Mark(one),
                Screens.Cell($"{one.Entry.Text}"),
                Screens.Cell($"[dim]{one.Entry.Source}[/]")
            );
        screen.Write(table);
        var unknown = order.Items.Count(one => one.OrderUnknown);
        if (unknown > 0)
            screen.Line($"[yellow]?[/] [dim]may as well stand before the line above: {unknown} times nobody knows.[/]");
        foreach (var lag in order.Lags)
        {
            var least = Words.Length(TimeSpan.FromSeconds((double)Math.Abs(lag.LowestSeconds)));
            screen.Line(
                lag.LowestSeconds < 0
                    ? (FormattableString)$"[dim]{lag.Source}: its clock is ahead by {least} ({Count(lag.Entries)}).[/]"
                    : $"[dim]{lag.Source}: recorded {least} after it happened, or later ({Count(lag.Entries)}).[/]"
            );
        }

        Part(screen, order.Whole);
    }

    private static string Count(int entries) => entries == 1 ? "1 entry" : $"{Words.Number(entries)} entries";

    public static void Contradictions(IAnsiConsole screen, ContradictionList list, DateTimeOffset now)
    {
        if (list.Items.Count == 0)
            screen.Line($"[green]✓[/] Nothing contradicts itself.");
        foreach (var one in list.Items)
        {
            screen.Line($"[bold]{Name(one.Kind)}[/] [dim]{one.Id}[/]");
            screen.Line($"  {one.Explanation}");
            foreach (var claim in one.Claims)
                screen.Line(
                    $"  [dim]· {claim.Entry}  {claim.Source}{(claim.Person is { } person ? $", {person}" : "")}: {claim.Text}[/]"
                );
            if (one.Ruling is { } ruling)
                screen.Line(
                    $"  [green]{Name(ruling.Verdict)}[/]{(ruling.Holds is { } holds ? $" ({holds})" : "")}, says {ruling.By}: {ruling.Reason}"
                );
        }

        Part(screen, list.Whole);
    }

    public static void Part(IAnsiConsole screen, bool whole)
    {
        if (!whole)
            screen.Line($"[yellow]There are more entries than are looked at.[/]");
    }

    private static Markup Mark(OrderedEntry one) =>
        Screens.Styled(
            one.AgainstClock ? "[red]! cause[/]"
            : one.OrderUnknown ? "[yellow]?[/]"
            : one.Basis switch
            {
                OrderBasis.Cause => "[dim]cause[/]",
                OrderBasis.Sequence => "[dim]source[/]",
                _ => "",
            }
        );

    private static string Name(ContradictionKind kind) =>
        kind switch
        {
            ContradictionKind.EffectBeforeCause => "Effect before its cause",
            ContradictionKind.DifferentTimes => "Dated differently",
            ContradictionKind.DifferentPeople => "Different people",
            ContradictionKind.ForbiddenState => "Too early or too late",
            ContradictionKind.CausalCycle => "Causes in a circle",
            ContradictionKind.MissedForecast => "Promise not kept",
            _ => "Could not be told",
        };

    private static string Name(RulingVerdict verdict) =>
        verdict switch
        {
            RulingVerdict.OneHolds => "One holds",
            RulingVerdict.AllHold => "All of it is true",
            RulingVerdict.NoneHolds => "None of it is true",
            _ => "It cannot be found out",
        };
}
