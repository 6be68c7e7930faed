using System.Text.Json;
using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>An incident beside others, for people.</summary>
internal static class ComparingPictures
{
    public static void Diff(IAnsiConsole screen, IncidentDiff diff, DateTimeOffset now)
    {
        if (diff.IsEmpty)
            screen.Line($"[green]✓[/] Nothing differs: {diff.Same} steps came as soon in both.");
        else
            screen.Line(
                $"[dim]Times count from the moment {Moment(diff.Align)} of each; --align takes another moment.[/]"
            );
        Steps(screen, "Only in the right one", diff.Added, "+");
        Steps(screen, "Only in the left one", diff.Missing, "-");
        Steps(screen, "Sooner in the right one", diff.Faster, "<");
        Steps(screen, "Later in the right one", diff.Slower, ">");
        if (diff.SamePeople.Count > 0)
            screen.Line($"[bold]Worked on both:[/] {string.Join(", ", diff.SamePeople)}");
        foreach (var failed in diff.SameFailedActions)
            screen.Line($"[yellow]Did not help in either:[/] {failed.Left.Text}");
        foreach (var followUp in diff.FollowUps)
            screen.Line(
                $"[yellow]Should have stopped it ({followUp.Standing}):[/] {followUp.Text} [dim]{followUp.Owner}[/]"
            );
        AnalysisPictures.Part(screen, diff.Whole);
    }

    public static void Similar(IAnsiConsole screen, SimilarIncidents similar, DateTimeOffset now)
    {
        if (similar.Items.Count == 0)
            screen.Line($"[dim]No other incident is like it.[/]");
        foreach (var one in similar.Items)
        {
            screen.Line(
                $"[bold]INC-{one.Number}[/] {Words.Percent(one.Score, "0")}  {one.Title} [dim]{one.Service}, {Words.Day(one.DeclaredAt)}[/]"
            );
            foreach (var part in one.Parts.Where(part => part.Score > 0))
                screen.Line(
                    $"  [dim]{part.Name} {Words.Percent(part.Score, "0")}: {string.Join(", ", part.Because)}[/]"
                );
            if (one.Resolution is { } resolution)
                screen.Line($"  It ended so: {resolution}");
        }
    }

    private static void Steps(IAnsiConsole screen, string title, IReadOnlyList<DiffStep> steps, string mark)
    {
        if (steps.Count == 0)
            return;
        screen.Line($"[bold]{title}[/]");
        var width = steps.Max(step => At(step).Length);
        foreach (var step in steps)
            screen.Line(
                $"  {mark} {At(step).PadLeft(width)}  {(step.Right ?? step.Left)!.Text} [dim]{step.Category}[/]"
            );
    }

    private static string Moment(IncidentMoment moment) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName($"{moment}").Replace('-', ' ');

    private static string At(DiffStep step) =>
        (step.LeftSeconds, step.RightSeconds) switch
        {
            ({ } left, { } right) => $"{Offset(left)} -> {Offset(right)}",
            ({ } left, _) => Offset(left),
            (_, { } right) => Offset(right),
            _ => "",
        };

    private static string Offset(long seconds) =>
        $"{(seconds < 0 ? "-" : "+")}{Words.Length(TimeSpan.FromSeconds(Math.Abs(seconds)))}";
}
