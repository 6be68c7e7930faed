using System.Globalization;
using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Who is on call, for people. Moments are UTC, as everywhere on the command line.</summary>
internal static class OnCallPictures
{
    private const int MostShifts = 60;

    public static void Now(IAnsiConsole screen, Page<OnCallView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]There is no schedule. `steady oncall apply NAME -f FILE` makes one.[/]");
            return;
        }

        var table = Screens.Table("SCHEDULE", "ON CALL", "UNTIL (UTC)", "THEN", "BECAUSE OF");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"{one.Schedule}"),
                Who(one.Person),
                Screens.Cell($"{(one.Until is { } until ? Moment(until) : "–")}"),
                one.Until is null ? Screens.Cell($"–") : Who(one.Next),
                Screens.Cell($"[dim]{one.Because ?? "–"}[/]")
            );
        screen.Write(table);
    }

    public static void One(IAnsiConsole screen, OnCallView one, DateTimeOffset now)
    {
        screen.Write(Who(one.Person));
        screen.Write(
            Screens.Cell(
                $" {(one.KnownAt is { } known ? $"was believed at {Moment(known)} UTC to be" : "is")} on call for "
            )
        );
        screen.Line($"[bold]{one.Schedule}[/] at {Moment(one.At)} UTC{(one.Because is { } why ? $" ({why})" : "")}.");
        if (one.Shadows.Count > 0)
            screen.Line($"[dim]{string.Join(", ", one.Shadows)} looks on.[/]");
        if (one.Until is { } until)
            screen.Line($"[dim]Then {one.Next ?? "nobody"}, from {Moment(until)} UTC.[/]");
    }

    /// <summary>Whom it is to be told that their time changes.</summary>
    public static void Changes(IAnsiConsole screen, ScheduleChanges told, DateTimeOffset now)
    {
        screen.Line($"[bold]{told.Schedule}[/]  [dim]version {told.Version}[/]");
        if (told.Changes.Count == 0)
        {
            screen.Line($"[dim]Nobody's time on call changes until {Moment(told.Until)} UTC.[/]");
            return;
        }

        var table = Screens.Table("TELL", "FROM (UTC)", "HOURS MORE", "HOURS LESS");
        foreach (var one in told.Changes)
            table.AddRow(
                Screens.Cell($"[bold]{one.Person}[/]"),
                Screens.Cell($"{Moment(one.First)}"),
                Screens.Cell($"{one.HoursMore:0.##}"),
                Screens.Cell($"{one.HoursLess:0.##}")
            );
        screen.Write(table);
    }

    public static void Preview(IAnsiConsole screen, SchedulePreview preview, DateTimeOffset now)
    {
        var table = Screens.Table("FROM (UTC)", "TO (UTC)", "HOURS", "ON CALL", "BECAUSE OF");
        foreach (var shift in preview.Shifts.Take(MostShifts))
            table.AddRow(
                Screens.Cell($"{Moment(shift.From)}"),
                Screens.Cell($"{Moment(shift.To)}"),
                Screens.Cell($"{(shift.To - shift.From).TotalHours.ToString("0.##", CultureInfo.InvariantCulture)}"),
                Who(shift.Person),
                Screens.Cell($"[dim]{shift.Because ?? "–"}[/]")
            );
        screen.Write(table);
        if (preview.Shifts.Count > MostShifts)
            screen.Line($"[dim]… and {preview.Shifts.Count - MostShifts} more; --json has them all.[/]");
        screen.WriteLine();
        screen.Facts([
            .. preview.Hours.Select(one =>
                (one.Key, (Spectre.Console.Rendering.IRenderable?)Screens.Cell($"{one.Value:0.##} h"))
            ),
        ]);
        var gaps = preview
            .Gaps.Sum(gap => (gap.To - gap.From).TotalHours)
            .ToString("0.##", CultureInfo.InvariantCulture);
        if (preview.Gaps.Count == 0)
            screen.Line($"[green]No gap: somebody is on call all the time.[/]");
        else
            screen.Line(
                $"[red]{preview.Gaps.Count} gaps, {gaps} h in which nobody is on call; the first at {Moment(preview.Gaps[0].From)} UTC.[/]"
            );
    }

    public static void Schedule(IAnsiConsole screen, ScheduleView schedule, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{schedule.Name}[/]  [dim]{schedule.TimeZone}, version {schedule.Version}, {schedule.SetBy} {Words.Ago(schedule.SetAt, now)}: {schedule.Reason}[/]"
        );
        var table = Screens.Table("LAYER", "TURNS", "MEMBERS", "ON");
        foreach (var layer in schedule.Layers)
            table.AddRow(
                Screens.Cell($"{layer.Name}{(layer.Shadow ? " (looks on)" : "")}"),
                Screens.Cell(
                    $"{(layer.Order == TurnOrder.Fair ? "fair, " : "")}{string.Join("+", layer.Lengths ?? [1])} {layer.Unit.ToString().ToLowerInvariant()}, {layer.Handoff} {layer.TimeZone ?? schedule.TimeZone}"
                ),
                Screens.Cell($"{string.Join(", ", layer.Members.Select(member => member.Person ?? "–"))}"),
                Screens.Cell(
                    $"{(layer.Hours is { Count: > 0 } hours ? string.Join("; ", hours.Select(Hours)) : "always")}"
                )
            );
        screen.Write(table);
        foreach (var one in schedule.Overrides)
            screen.Line(
                $"{one.Person} takes over {Moment(one.From)} to {Moment(one.To)} UTC: {one.Reason} [dim]({one.By}, {one.Id})[/]"
            );
        foreach (var one in schedule.Swaps)
            screen.Line(
                $"{one.By} asks {one.With} to take {Moment(one.Give.From)} to {Moment(one.Give.To)} UTC, for {Moment(one.Take.From)} to {Moment(one.Take.To)} UTC: {one.Reason} [dim](swap {one.Id})[/]"
            );
    }

    public static void Linked(IAnsiConsole screen, NewCalendarLink link, DateTimeOffset now)
    {
        screen.Line($"The calendar of [bold]{link.Person ?? link.Schedule ?? "–"}[/], told this once:");
        screen.Line($"/api/incidents{link.Path}");
        screen.Line($"[dim]Whoever has it can read it. `steady oncall feed revoke {link.Id}` ends it.[/]");
    }

    public static void Links(IAnsiConsole screen, Page<CalendarLinkView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]There is no calendar link. `steady oncall feed create` makes one.[/]");
            return;
        }

        var table = Screens.Table("OF", "MADE BY", "WHEN", "ID");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"{one.Person ?? one.Schedule ?? "–"}"),
                Screens.Cell($"{one.CreatedBy}"),
                Screens.Cell($"{Words.Ago(one.CreatedAt, now)}"),
                Screens.Cell($"{one.Id}")
            );
        screen.Write(table);
    }

    private static string Hours(LayerHours hours) =>
        $"{string.Join(" ", hours.Days.Select(day => day.ToString()[..3]))} {hours.From}–{hours.To}";

    private static Spectre.Console.Rendering.IRenderable Who(string? person) =>
        person is null ? Screens.Styled("[red]nobody[/]") : Screens.Cell($"[bold]{person}[/]");

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
