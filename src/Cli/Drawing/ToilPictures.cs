using Spectre.Console;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How a team's week looks on a terminal: one bar of all its time, with the line in it.</summary>
internal static class ToilPictures
{
    private const int Wide = 48;

    public static void Week(IAnsiConsole screen, ToilReport week, DateTimeOffset now)
    {
        screen.Line($"[bold]{week.Team}[/]  {week.Week}  {Standing(week)}");
        screen.WriteLine();
        screen.Write(Line(week));
        screen.WriteLine();
        screen.Line(
            $"{Hours(week.SpentMinutes)} of {Hours(week.CapacityMinutes)} went into operations; the line is at {Hours(week.CapMinutes)} [dim]({week.People} people, {week.Workers} of them named by work)[/]"
        );
        screen.WriteLine();
        foreach (var kind in week.Kinds)
            screen.Line($"  {Hours(kind.Minutes), 12}  {kind.Name}");
        var table = Screens.Table("DAY", ">OPERATIONS", "");
        foreach (var day in week.Days)
            table.AddRow(
                Screens.Cell($"{day.Name}"),
                Screens.Cell($"{Hours(day.Minutes)}"),
                Bars.Share(Part(day.Minutes, week.CapacityMinutes / 7), 14, "blue")
            );
        screen.Write(table);
        foreach (var ticket in week.Tickets)
            screen.Line($"  {ticket.Ref} → {ticket.To} [dim]{Words.Ago(ticket.At, now)}[/]");
    }

    public static void Route(IAnsiConsole screen, TicketRoute route, DateTimeOffset now)
    {
        screen.Line($"[bold]{route.Ref}[/] → [bold]{route.To}[/]");
        screen.Line($"[dim]{route.Reason}[/]");
    }

    public static void Teams(IAnsiConsole screen, IReadOnlyList<ToilReport> teams, DateTimeOffset now)
    {
        if (teams.Count > 0)
        {
            var table = Screens.Table("TEAM", "WEEK", "OPERATIONS", ">", ">LINE", "TICKETS GO TO");
            foreach (var week in teams)
                table.AddRow(
                    Screens.Cell($"[bold]{week.Team}[/]"),
                    Screens.Cell($"{week.Week}"),
                    Bars.Share(Part(week.SpentMinutes, week.CapacityMinutes), 20, week.Over ? "red" : "green"),
                    Screens.Cell($"{Hours(week.SpentMinutes)}"),
                    Screens.Cell($"{Hours(week.CapMinutes)}"),
                    Screens.Cell($"{(week.Over ? week.DeveloperTeam : week.Team)}")
                );
            screen.Write(table);
        }

        screen.Tail(teams.Count, null, "No team is known. `steady toil team` says how one is staffed.");
    }

    public static void Logged(IAnsiConsole screen, ToilEntry entry, DateTimeOffset now)
    {
        var kind = $"{entry.Kind}".ToLowerInvariant();
        screen.Line($"[green]✓[/] {Hours(entry.Minutes)} of {entry.Team} written down as {kind}");
        screen.Line($"[dim]entry {entry.Id}[/]");
    }

    /// <summary>Minutes as people say them: <c>2 h 1 min</c>.</summary>
    public static string Hours(long minutes) =>
        minutes switch
        {
            < 60 => $"{minutes} min",
            _ when minutes % 60 == 0 => $"{Words.Number(minutes / 60)} h",
            _ => $"{Words.Number(minutes / 60)} h {minutes % 60} min",
        };

    private static string Standing(ToilReport week) =>
        week.Over
            ? $"over the line: new tickets go to {week.DeveloperTeam}"
            : $"within the line: {Hours(week.CapMinutes - week.SpentMinutes)} left";

    // What is spent fills the bar from the left; the line stands in its middle.
    private static Markup Line(ToilReport week)
    {
        var full = (int)Math.Round(Part(week.SpentMinutes, week.CapacityMinutes) * Wide, MidpointRounding.AwayFromZero);
        var colour = week.Over ? "red" : "green";
        var (left, right) = (Math.Min(full, Wide / 2), Math.Max(0, full - Wide / 2));
        return Screens.Styled(
            $"[{colour}]{new string('█', left)}[/][dim]{new string('░', Wide / 2 - left)}[/][bold]┃[/]"
                + $"[{colour}]{new string('█', right)}[/][dim]{new string('░', Wide / 2 - right)}[/]"
        );
    }

    private static decimal Part(long minutes, long whole) => whole <= 0 ? 0 : Math.Min(1, (decimal)minutes / whole);
}
