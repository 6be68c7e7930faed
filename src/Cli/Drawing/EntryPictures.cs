using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Evidence and its versions for people.</summary>
internal static class EntryPictures
{
    private const int MostIds = 10;

    public static void Recorded(IAnsiConsole screen, RecordedEntries recorded, DateTimeOffset now)
    {
        screen.Line($"[green]{recorded.New} kept[/], {recorded.Ids.Count - recorded.New} known before.");
        foreach (var id in recorded.Ids.Take(MostIds))
            screen.Line($"[dim]{id}[/]");
    }

    public static void History(IAnsiConsole screen, EntryHistory history, DateTimeOffset now)
    {
        foreach (var version in history.Versions)
        {
            var entry = version.Entry;
            screen.Line($"[bold]{entry.EntryVersion}[/]  {entry.Text}");
            screen.Line(
                $"   [dim]{entry.Kind}, {Words.Full(entry.OccurredAt)}, said by {version.By}, known {Words.Full(entry.RecordedAt)}[/]"
            );
            if (version.Reason is { } reason)
                screen.Line($"   because: {reason}");
            foreach (var change in version.Changed)
                screen.Line(
                    $"   {change.Field}: [red]{change.Before ?? "nothing"}[/] → [green]{change.After ?? "nothing"}[/]"
                );
        }

        if (history.Retracted is { } gone)
            screen.Line($"[yellow]Taken back by {gone.By} at {Words.Full(gone.At)}: {gone.Reason}[/]");
    }

    public static void Forgotten(IAnsiConsole screen, string person, DateTimeOffset now) =>
        screen.Line($"What {person} wrote can never be read again.");

    public static void Proof(IAnsiConsole screen, TimelineProof proof, DateTimeOffset now)
    {
        if (proof.Holds)
            screen.Line($"[green]It holds[/]: {proof.Events} events are as they were stored.");
        else
            screen.Line(
                $"[red]Event {proof.BrokenAt ?? 0} is gone or was changed[/]; {proof.Events} before it are as they were."
            );
        screen.Line($"[dim]Head {proof.Head} at {proof.Through}[/]");
    }
}
