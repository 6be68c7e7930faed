using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>What led to what, for people.</summary>
internal static class CausePictures
{
    public static void Tree(IAnsiConsole screen, CausalAnswer answer, bool back)
    {
        if (answer.Nodes.Count == 0)
            screen.Line($"[dim]Nothing is known that {(back ? "led to it" : "followed from it")}.[/]");
        var entries = answer.Nodes.ToDictionary(node => node.Entry.Id);
        foreach (var node in answer.Nodes)
        {
            screen.Line(
                $"{new string(' ', 2 * (node.Depth - 1))}{(back ? "←" : "→")} {Words.Full(node.Entry.OccurredAt)}  {node.Entry.Text} [dim]{node.Entry.Id}[/]"
            );
            var edges = answer.Edges.Where(edge => (back ? edge.Cause : edge.Effect) == node.Entry.Id);
            foreach (var edge in edges)
                screen.Line(
                    $"{new string(' ', 2 * node.Depth)}[dim]{Words.Percent(edge.Strength, "0")}: {edge.Why}[/]"
                );
        }

        if (!answer.Whole)
            screen.Line($"[yellow]There is more: the nearest {entries.Count} are shown.[/]");
    }

    public static void Path(IAnsiConsole screen, CausalPath path, DateTimeOffset now)
    {
        if (path.Direction is not { } direction)
        {
            screen.Line($"[dim]Nothing is known that connects them.[/]");
            return;
        }

        screen.Line(
            $"[bold]{(direction == CausalDirection.Cause ? "The first led to the other" : "The other led to the first")}[/] [dim]({Words.Percent(path.Strength, "0")})[/]"
        );
        for (var i = 0; i < path.Entries.Count; i++)
        {
            screen.Line($"{Words.Full(path.Entries[i].OccurredAt)}  {path.Entries[i].Text}");
            if (i < path.Edges.Count)
                screen.Line($"  [dim]↓ {Words.Percent(path.Edges[i].Strength, "0")}: {path.Edges[i].Why}[/]");
        }
    }
}
