using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How a replay looks on a terminal: its clock, and the two lanes beside or below each other.</summary>
internal static class ReplayPictures
{
    private const int SideBySide = 100;

    // The headline above the stage, and what is around its lanes.
    private const int Around = 10;
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    /// <summary>The whole stage, as large as the terminal.</summary>
    public static IRenderable Stage(ReplayScene scene, ReplayWish wish, bool isPaused, int width, int height)
    {
        var isWide = width >= SideBySide && wish.Lane is null;
        var lanes = wish.Lane is null ? 2 : 1;
        var rows = Math.Max(3, height - Around - (isWide || lanes == 1 ? 0 : 3));
        var each = isWide || lanes == 1 ? rows : rows / 2;
        var column = isWide ? (width - 3) / 2 : width;
        var parts = new List<IRenderable> { Clock(scene, wish, isPaused), Bar(scene, wish, width), Text.Empty };
        var fog = Lane("KNOWN THEN", scene.Fog.Count(), null, scene.Fog.Select(one => Known(one, column)), each);
        var so = Lane(
            "AS IT WAS",
            scene.Hindsight.Count(),
            scene.Unknown > 0 && wish.Lane is null ? $"{scene.Unknown} unknown" : null,
            scene.Hindsight.Select(one => So(scene, one, wish, column)),
            each
        );
        if (isWide)
            parts.Add(Beside(fog, so, column));
        else
        {
            if (wish.Lane is not ReplayLane.Hindsight)
                parts.Add(fog);
            if (wish.Lane is null)
                parts.Add(Text.Empty);
            if (wish.Lane is not ReplayLane.Fog)
                parts.Add(so);
        }

        parts.Add(Text.Empty);
        parts.Add(Screens.Cell($"[dim]space {(isPaused ? "goes on" : "pauses")}   + faster   - slower   q ends[/]"));
        return new Rows(parts);
    }

    /// <summary>What there is to say when it is over.</summary>
    public static void Over(IAnsiConsole screen, ReplayScene scene)
    {
        if (scene.Hello is not { } hello)
            return;
        if (scene.All.Count == 0)
        {
            screen.Line($"[dim]Nothing is recorded of this.[/]");
            return;
        }

        var late = scene.All.Where(one => one.RecordedAt - one.OccurredAt >= Late).ToList();
        screen.Line(
            $"{Count(scene.All.Count)} in {Words.Length(hello.To - hello.From)}; {late.Count} of them known later than they happened."
        );
        if (late.MaxBy(one => one.RecordedAt - one.OccurredAt) is { } latest)
        {
            var middle = late.Select(one => one.RecordedAt - one.OccurredAt).Order().ElementAt(late.Count / 2);
            screen.Line(
                $"[dim]Half of those within {Words.Length(middle)}; the last one after {Words.Length(latest.RecordedAt - latest.OccurredAt)}:[/] {latest.Text}"
            );
        }
    }

    /// <summary>One frame as a line, for files and pipes; null where another lane is asked for.</summary>
    public static FormattableString Line(ReplayFrame frame)
    {
        var at = $"{frame.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}";
        if (frame.Entry is not { } entry)
            return $"{at}  [red]taken back[/]  [dim]{frame.EntryId}[/]";
        var lag = entry.RecordedAt - entry.OccurredAt;
        var late = lag >= Late ? Words.Length(lag) : null;
        return (frame.Lane, frame.Change) switch
        {
            (ReplayLane.Fog, ReplayChange.Replaces) => $"{at}  [magenta]corrected[/]   {entry.Text}",
            (ReplayLane.Fog, _) =>
                $"{at}  [blue]known[/]       {entry.Text} [dim]{(late is null ? "" : $"(happened {late} before)")}[/]",
            _ => $"{at}  happened    {entry.Text} [yellow]{(late is null ? "" : $"(known {late} later)")}[/]",
        };
    }

    private static Markup Clock(ReplayScene scene, ReplayWish wish, bool isPaused)
    {
        var state =
            scene.IsOver ? "[green]■ over[/]"
            : isPaused ? "[yellow]‖ paused[/]"
            : "[blue]▶[/]";
        var clock = scene.Clock.UtcDateTime;
        var leap = scene.Skipped is { } skip
            ? $"   [dim]{Words.Length(skip.To - skip.From)} of quiet passed over[/]"
            : "";
        return Screens.Styled(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[bold]{clock:HH:mm:ss}[/] [dim]UTC {clock:d MMM yyyy}[/]   {state} {wish.Speed}×{leap}"
            )
        );
    }

    private static Markup Bar(ReplayScene scene, ReplayWish wish, int width)
    {
        var share = wish.SkipIdle || scene.Hello is not { } hello ? scene.Share : Passed(hello, scene.Clock);
        var room = Math.Max(10, width - 7);
        var done = (int)Math.Round(share * room);
        return Screens.Styled(
            $"[blue]{new string('━', done)}[/][grey]{new string('─', room - done)}[/] [dim]{Math.Floor(share * 100).ToString("0", CultureInfo.InvariantCulture), 3} %[/]"
        );
    }

    private static double Passed(ReplayHello hello, DateTimeOffset clock) =>
        hello.To > hello.From ? Math.Clamp((clock - hello.From) / (hello.To - hello.From), 0, 1) : 1;

    private static Rows Lane(string name, int count, string? dark, IEnumerable<IRenderable> rows, int most)
    {
        var shown = rows.Take(most).ToList();
        while (shown.Count < most)
            shown.Add(Text.Empty);
        return new Rows([
            Screens.Cell($"[bold]{name}[/] [dim]{count}[/]{(dark is null ? "" : "   ")}[yellow]{dark ?? ""}[/]"),
            .. shown,
        ]);
    }

    private static Grid Beside(IRenderable left, IRenderable right, int width) =>
        new Grid()
            .AddColumn(new GridColumn { Width = width, Padding = new Padding(0, 0, 3, 0) })
            .AddColumn(new GridColumn { Width = width, Padding = new Padding(0) })
            .AddRow(left, right);

    private static Markup Known(ReplayFrame frame, int width)
    {
        var entry = frame.Entry!;
        var note =
            frame.Change == ReplayChange.Replaces ? "corrected"
            : entry.RecordedAt - entry.OccurredAt is var lag && lag >= Late ? $"{Words.Length(lag)} old"
            : "";
        var text = Cut(entry.Text, width - 10 - Room(note));
        return frame.Change == ReplayChange.Replaces
            ? Screens.Cell($"[dim]{Words.Clock(frame.At)}[/]  {text}  [magenta]{note}[/]")
            : Screens.Cell($"[dim]{Words.Clock(frame.At)}[/]  {text}  [yellow]{note}[/]");
    }

    private static Markup So(ReplayScene scene, ReplayFrame frame, ReplayWish wish, int width)
    {
        var entry = frame.Entry!;
        var lag = entry.RecordedAt - entry.OccurredAt;
        if (wish.Lane is null && !scene.IsKnown(frame))
        {
            var left = $"unknown for {Words.Length(Whole(entry.RecordedAt - scene.Clock))} more";
            return Screens.Cell(
                $"[yellow]{Words.Clock(frame.At)} ◌ [italic]{Cut(entry.Text, width - 11 - Room(left))}[/]  {left}[/]"
            );
        }

        var note = lag >= Late ? $"known {Words.Length(lag)} later" : "";
        return Screens.Cell(
            $"[dim]{Words.Clock(frame.At)}[/]   {Cut(entry.Text, width - 11 - Room(note))}  [dim]{note}[/]"
        );
    }

    private static string Count(int entries) => entries == 1 ? "1 entry" : $"{Words.Number(entries)} entries";

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(1, Math.Round(time.TotalSeconds)));

    private static int Room(string note) => note.Length == 0 ? 0 : note.Length + 2;

    private static string Cut(string text, int width)
    {
        var line = text.ReplaceLineEndings(" ");
        var most = Math.Max(12, width);
        return line.Length <= most ? line : $"{line[..(most - 1)].TrimEnd()}…";
    }
}
