using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How incidents look on a terminal.</summary>
internal static class IncidentPictures
{
    public static void Board(IAnsiConsole screen, Page<IncidentView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("INCIDENT", "SEVERITY", "STATUS", "SERVICE", "STARTED", "LEAD", "TITLE");
            foreach (var incident in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]INC-{incident.Number}[/]"),
                    Words.Mark(incident.Severity),
                    Words.Mark(incident.Status),
                    Screens.Cell($"{incident.Service}"),
                    Screens.Cell($"{Words.Ago(incident.StartedAt, now)}"),
                    Screens.Cell($"{incident.Lead ?? "–"}"),
                    Screens.Cell($"{incident.Title}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nothing is open. `steady incident list --all` shows what is over.");
    }

    public static void Page(IAnsiConsole screen, IncidentView incident, DateTimeOffset now)
    {
        Headline(screen, incident);
        screen.Facts(
            ("service", Screens.Cell($"{incident.Service}")),
            ("lead", incident.Lead is { } lead ? Screens.Cell($"{lead}") : Screens.Styled("[yellow]nobody yet[/]")),
            ("started", Moment(incident.StartedAt, now)),
            ("declared", Moment(incident.DeclaredAt, now, incident.DeclaredBy)),
            ("acknowledged", Moment(incident.AcknowledgedAt, now)),
            ("mitigated", Moment(incident.MitigatedAt, now)),
            ("resolved", Moment(incident.ResolvedAt, now)),
            (
                "lasted",
                incident.ResolvedAt is { } end ? Screens.Cell($"{Words.Length(end - incident.StartedAt)}") : null
            ),
            ("resolution", incident.Resolution is { } text ? Screens.Cell($"{text}") : null),
            ("id", Screens.Cell($"[dim]{incident.Id}[/]"))
        );
    }

    public static void Headline(IAnsiConsole screen, IncidentView incident)
    {
        screen.Write(Screens.Cell($"[bold]INC-{incident.Number}[/]  "));
        screen.Write(Words.Mark(incident.Severity));
        screen.Write(Screens.Cell($"  "));
        screen.Write(Words.Mark(incident.Status));
        screen.WriteLine();
        screen.Line($"[bold]{incident.Title}[/]");
        screen.WriteLine();
    }

    /// <summary>After a write: what was done, and where the incident stands now.</summary>
    public static Action<IAnsiConsole, IncidentView, DateTimeOffset> Changed(string done) =>
        (screen, incident, _) =>
        {
            screen.Write(Screens.Cell($"[green]✓[/] [bold]INC-{incident.Number}[/] {done}: "));
            screen.Write(Words.Mark(incident.Severity));
            screen.Write(Screens.Cell($" {incident.Title} "));
            screen.Write(Words.Mark(incident.Status));
            screen.WriteLine();
        };

    private static Markup? Moment(DateTimeOffset? at, DateTimeOffset now, string? by = null) =>
        at is { } moment
            ? Screens.Cell($"{Words.Full(moment)} [dim]({Words.Ago(moment, now)}{(by is null ? "" : $", by {by}")})[/]")
            : null;
}
