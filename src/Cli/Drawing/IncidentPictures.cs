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
                    Title(incident)
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
            ("next update", NextUpdate(incident, now)),
            ("started", Moment(incident.StartedAt, now)),
            ("declared", Moment(incident.DeclaredAt, now, incident.DeclaredBy)),
            ("acknowledged", Moment(incident.AcknowledgedAt, now)),
            ("mitigated", Moment(incident.MitigatedAt, now)),
            ("resolved", Moment(incident.ResolvedAt, now)),
            ("reopened", Reopened(incident)),
            (
                incident.MergedIntoNumber is null ? $"{incident.Status}".ToLowerInvariant() : "merged",
                incident.MergedIntoNumber is { } into
                    ? Screens.Cell($"into INC-{into}, {Words.Full(incident.ClosedAt!.Value)}")
                    : Moment(incident.ClosedAt, now)
            ),
            (
                "part of it",
                incident.Absorbed is { } parts
                    ? Screens.Cell($"{string.Join(", ", parts.Select(part => $"INC-{part.Number}"))}")
                    : null
            ),
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
        screen.Write(Title(incident));
        screen.WriteLine();
        screen.WriteLine();
    }

    /// <summary>A drill, and what is private, say so wherever they are shown.</summary>
    public static Markup Title(IncidentView incident) =>
        (incident.Private, incident.Drill) switch
        {
            (true, true) => Screens.Cell($"[yellow]PRIVATE[/] [bold magenta]DRILL[/] {incident.Title}"),
            (true, false) => Screens.Cell($"[yellow]PRIVATE[/] {incident.Title}"),
            (false, true) => Screens.Cell($"[bold magenta]DRILL[/] {incident.Title}"),
            _ => Screens.Cell($"{incident.Title}"),
        };

    public static void Severities(IAnsiConsole screen, SeveritiesView matrix, DateTimeOffset now)
    {
        var table = Screens.Table("SEVERITY", "MEANS", "FOR EXAMPLE", "TELL", "NEXT WORD WITHIN");
        foreach (var one in matrix.Severities)
            table.AddRow(
                Words.Mark(one.Severity),
                Screens.Cell($"{one.Meaning}"),
                Screens.Cell($"[dim]{string.Join(" ", one.Examples)}[/]"),
                Screens.Cell($"{string.Join(", ", one.Tell)}"),
                Screens.Cell($"{(one.NextUpdateMinutes is { } minutes ? $"{minutes} min" : "–")}")
            );
        screen.Write(table);
        screen.Line(
            $"[dim]Version {matrix.Version}{(matrix.SetBy is { } by ? $", {by} {Words.Ago(matrix.SetAt!.Value, now)}" : "")}: {matrix.Reason}[/]"
        );
    }

    /// <summary>After a write: what was done, and where the incident stands now.</summary>
    public static Action<IAnsiConsole, IncidentView, DateTimeOffset> Changed(string done) =>
        (screen, incident, _) =>
        {
            screen.Write(Screens.Cell($"[green]✓[/] [bold]INC-{incident.Number}[/] {done}: "));
            screen.Write(Words.Mark(incident.Severity));
            screen.Write(Screens.Cell($" "));
            screen.Write(Title(incident));
            screen.Write(Screens.Cell($" "));
            screen.Write(Words.Mark(incident.Status));
            screen.WriteLine();
        };

    private static Markup? NextUpdate(IncidentView incident, DateTimeOffset now) =>
        incident.NextUpdateDueAt is not { } due ? null
        : due <= now ? Screens.Cell($"[red]overdue since {Words.Full(due)}[/]")
        : Screens.Cell($"by {Words.Full(due)}");

    private static Markup? Reopened(IncidentView incident) =>
        incident.Reopened is { } spans
            ? Screens.Cell($"{string.Join("; ", spans.Select(span => $"{Words.Full(span.From)}, {span.Reason}"))}")
            : null;

    private static Markup? Moment(DateTimeOffset? at, DateTimeOffset now, string? by = null) =>
        at is { } moment
            ? Screens.Cell($"{Words.Full(moment)} [dim]({Words.Ago(moment, now)}{(by is null ? "" : $", by {by}")})[/]")
            : null;
}
