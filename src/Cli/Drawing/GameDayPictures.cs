using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How game days look on a terminal.</summary>
internal static class GameDayPictures
{
    public static void List(IAnsiConsole screen, Page<GameDayView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("GAME DAY", "STATE", "ENVIRONMENT", "OPENS", ">RUNS", "TITLE");
            foreach (var day in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{day.Plan.Name}[/]"),
                    Standing(day),
                    Screens.Cell($"{day.Plan.Environment}"),
                    Screens.Cell($"{Words.Full(day.OpensAt)}"),
                    Screens.Cell($"{day.Runs.Count}"),
                    Screens.Cell($"{day.Plan.Title}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No game day. `steady gameday plan -f` plans one.");
    }

    public static void Page(IAnsiConsole screen, GameDayView day, DateTimeOffset now)
    {
        screen.Write(Screens.Cell($"[bold]{day.Plan.Name}[/]  "));
        screen.Write(Standing(day));
        screen.WriteLine();
        screen.Line($"{day.Plan.Title}");
        screen.WriteLine();
        screen.Facts(
            ("environment", Screens.Cell($"{day.Plan.Environment}")),
            (
                "window",
                Screens.Cell(
                    $"{Words.Full(day.OpensAt)} to {Words.Full(day.ClosesAt)} [dim]({day.Plan.Window.Zone})[/]"
                )
            ),
            ("planned by", Screens.Cell($"{day.PlannedBy}")),
            ("summary", day.Summary is { } summary ? Screens.Cell($"{summary}") : null)
        );
        if (day.State != GameDayState.Concluded)
        {
            screen.WriteLine();
            foreach (var check in day.Readiness)
                screen.Line($"{(check.Ready ? "✓" : "○")} {check.Kind}: {check.Sentence}");
        }

        Agenda(screen, day);
        Roles(screen, day);
        Announcements(screen, day, now);
    }

    private static void Agenda(IAnsiConsole screen, GameDayView day)
    {
        screen.WriteLine();
        var table = Screens.Table("AGENDA", "EXPERIMENT", ">MIN", "RUNS");
        foreach (var item in day.Plan.Agenda)
            table.AddRow(
                Screens.Cell($"{item.Title}"),
                Screens.Cell($"{item.Experiment ?? ""}"),
                Screens.Cell($"{(item.Minutes is { } minutes ? $"{minutes}" : "")}"),
                Screens.Cell(
                    $"[dim]{string.Join(' ', day.Runs.Where(run => run.Experiment == item.Experiment).Select(run => run.RunId))}[/]"
                )
            );
        screen.Write(table);
    }

    private static void Roles(IAnsiConsole screen, GameDayView day)
    {
        screen.WriteLine();
        var table = Screens.Table("ROLE", "PERSON", "VOTE");
        foreach (var holder in day.Plan.Roles)
            table.AddRow(
                Screens.Cell($"{holder.Role.ToString().ToLowerInvariant()}"),
                Screens.Cell($"{holder.Person}"),
                Vote(day, holder.Person)
            );
        screen.Write(table);
    }

    private static Markup Vote(GameDayView day, string person) =>
        day.Votes.FirstOrDefault(vote => vote.Person == person) switch
        {
            { Go: true } => Screens.Styled("[green]✓ go[/]"),
            { } no => Screens.Cell($"[red]✕ no-go[/] {no.Reason ?? ""}"),
            null when day.MustVote.Contains(person) => Screens.Styled("[yellow]○ still to vote[/]"),
            null => Screens.Styled(""),
        };

    private static void Announcements(IAnsiConsole screen, GameDayView day, DateTimeOffset now)
    {
        if (day.Announcements.Count == 0)
            return;
        screen.WriteLine();
        var table = Screens.Table(">NO", "TO", "SAID", "ACKNOWLEDGED", "WAITS FOR");
        foreach (var sent in day.Announcements)
            table.AddRow(
                Screens.Cell($"{sent.Number}"),
                Screens.Cell($"{sent.Channel}"),
                Screens.Cell($"{sent.Message}"),
                Screens.Cell($"{string.Join(", ", sent.Acknowledged.Select(given => given.Person))}"),
                Waiting(sent, now)
            );
        screen.Write(table);
    }

    private static Markup Waiting(GameDayAnnouncement sent, DateTimeOffset now) =>
        sent.Waiting.Count == 0 ? Screens.Styled("[green]✓[/]")
        : sent.EscalatedAt is { } at
            ? Screens.Cell(
                $"[red]▲ {string.Join(", ", sent.Waiting)}[/] [dim]told {sent.EscalateTo} {Words.Ago(at, now)}[/]"
            )
        : Screens.Cell(
            $"[yellow]○ {string.Join(", ", sent.Waiting)}[/] [dim]escalates {Words.Ago(sent.DueAt, now)}[/]"
        );

    private static Markup Standing(GameDayView day) =>
        Screens.Styled(
            day.State switch
            {
                GameDayState.Concluded => "[green]✓ concluded[/]",
                GameDayState.Closed => "[yellow]■ closed[/]",
                GameDayState.Open when day.Ready => "[green]● open, ready[/]",
                GameDayState.Open => "[yellow]● open, not ready[/]",
                _ => "[blue]○ planned[/]",
            }
        );
}
