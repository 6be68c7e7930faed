using System.Globalization;
using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Postmortems for people.</summary>
public static class PostmortemPictures
{
    /// <summary>A section by the word people use: <c>went-well</c>.</summary>
    public static string Word(PostmortemSection section) =>
        string.Concat($"{section}".Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}"))
            .ToLowerInvariant();

    public static void List(IAnsiConsole screen, Page<PostmortemRow> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]Nothing is to be written.[/]");
            return;
        }

        var table = Screens.Table("INCIDENT", "SERVICE", "SEVERITY", "STATE", "DUE", "TITLE");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"[bold]INC-{one.Number}[/]"),
                Screens.Cell($"{one.Service}"),
                Screens.Cell($"{one.Severity.ToString().ToUpperInvariant()}"),
                Screens.Cell($"{(one.State is { } state ? Name(state) : "not begun")}"),
                one.IsOverdue ? Screens.Cell($"[red]{Due(one.DueAt)}, overdue[/]") : Screens.Cell($"{Due(one.DueAt)}"),
                Screens.Cell($"{one.Title}")
            );
        screen.Write(table);
    }

    public static void Page(IAnsiConsole screen, PostmortemView view, DateTimeOffset now)
    {
        screen.Line($"[bold]INC-{view.Number}[/] {view.Title}");
        screen.Line(
            $"[dim]{view.Service}, {Name(view.State)}{(view.DueAt is not null ? $", due {Due(view.DueAt)}" : "")}, begun by {view.StartedBy} {Words.Ago(view.StartedAt, now)}[/]"
        );
        foreach (var section in view.Sections)
        {
            screen.WriteLine();
            screen.Line(
                $"[bold]{section.Title}[/]  [dim]{Word(section.Section)}{(section.By is { } by ? $", version {section.Version}, {by} {Words.Ago(section.At!.Value, now)}" : "")}[/]"
            );
            if (string.IsNullOrWhiteSpace(section.Text))
                screen.Line($"[dim]{section.Asks}[/]");
            else
                screen.Line($"{section.Text.TrimEnd()}");
        }

        Rest(screen, view, now);
    }

    public static void Story(IAnsiConsole screen, IncidentStory story, DateTimeOffset now)
    {
        screen.Line($"[bold]INC-{story.Number}[/] [dim]{story.Moments.Count} key moments[/]");
        foreach (var one in story.Moments)
        {
            screen.Line(
                $"{one.Entry.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {one.Entry.Text} [dim]{one.Entry.Id}[/]"
            );
            if (one.Text is { } text)
                screen.Line($"    {text} [dim]{one.By} {Words.Ago(one.At, now)}[/]");
        }
    }

    private static void Rest(IAnsiConsole screen, PostmortemView view, DateTimeOffset now)
    {
        screen.WriteLine();
        foreach (var item in view.ActionItems)
            screen.Line(
                $"{(item.DoneAt is null ? "[ ]" : "[x]")} {item.Text} [dim]{item.Owner}{(item.DueOn is { } due ? $", until {due:yyyy-MM-dd}" : "")}[/]"
            );
        foreach (var step in view.Steps)
            screen.Line(
                $"[dim]{step.Kind} by {step.By} {Words.Ago(step.At, now)}{(step.Text is { } text ? $": {text}" : "")}[/]"
            );
        screen.Line(
            $"[dim]{view.Facts.Timeline.Count} entries on its timeline, {view.AfterPublication.Count} after publication; `postmortem export` has them.[/]"
        );
    }

    private static string Name(PostmortemState state) =>
        state == PostmortemState.InReview ? "in review" : $"{state}".ToLowerInvariant();

    private static string Due(DateTimeOffset? due) =>
        due is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "–";
}
