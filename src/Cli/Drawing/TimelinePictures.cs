using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How a timeline looks on a terminal: by day, with what was learned late marked as such.</summary>
internal static class TimelinePictures
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    /// <summary>What a query found.</summary>
    public static void Answer(IAnsiConsole screen, TimelineAnswer answer, DateTimeOffset? knownAt, DateTimeOffset now)
    {
        if (answer.Diff is { } diff)
            ComparingPictures.Diff(screen, diff, now);
        else if (answer.Similar is { } similar)
            ComparingPictures.Similar(screen, similar, now);
        else if (answer.Contradictions is { } contradictions)
            AnalysisPictures.Contradictions(screen, contradictions, now);
        else if (answer.Gaps is { } gaps)
            Gaps(screen, gaps);
        else if (answer.Counts is { } counts)
            Counts(screen, counts);
        else
            Entries(screen, new Page<TimelineEntry>(answer.Items, answer.Next), knownAt);
    }

    /// <summary>Queries that are kept.</summary>
    public static void Views(IAnsiConsole screen, IReadOnlyList<SavedTimelineView> views)
    {
        var table = Screens.Table("VIEW", "ASKS FOR", "WHY", "BY");
        foreach (var view in views)
            table.AddRow(
                Screens.Cell($"{view.Name}"),
                Screens.Cell($"{view.Query}"),
                Screens.Cell($"{view.About ?? ""}"),
                Screens.Cell($"[dim]{view.By}[/]")
            );
        if (views.Count > 0)
            screen.Write(table);
        screen.Tail(views.Count, null, "No view is kept.");
    }

    private static void Gaps(IAnsiConsole screen, IReadOnlyList<TimelineGap> gaps)
    {
        var table = Screens.Table("FROM", "TO", ">LASTED");
        foreach (var gap in gaps)
            table.AddRow(
                Screens.Cell($"{Words.Full(gap.From)}"),
                Screens.Cell($"{Words.Full(gap.To)}"),
                Screens.Cell($"{Words.Length(gap.To - gap.From)}")
            );
        if (gaps.Count > 0)
            screen.Write(table);
        screen.Tail(gaps.Count, null, "Nothing is that long.");
    }

    private static void Counts(IAnsiConsole screen, IReadOnlyList<TimelineCount> counts)
    {
        var table = Screens.Table(">COUNT", "WHAT");
        foreach (var one in counts)
            table.AddRow(Screens.Cell($"{one.Count}"), Screens.Cell($"{(one.Key.Length > 0 ? one.Key : "-")}"));
        if (counts.Count > 0)
            screen.Write(table);
        screen.Tail(counts.Count, null, "There is none.");
    }

    public static void Entries(IAnsiConsole screen, Page<TimelineEntry> page, DateTimeOffset? knownAt)
    {
        if (knownAt is { } moment)
            screen.Line($"[yellow]As it was known at {Words.Full(moment)}.[/]");
        foreach (var day in page.Items.GroupBy(e => Words.Day(e.OccurredAt)))
        {
            var table = Screens.Table(day.Key, "SOURCE", "WHAT", "BY");
            foreach (var entry in day)
                table.AddRow(
                    Screens.Cell($"{Words.Clock(entry.OccurredAt)}"),
                    Source(entry.Source),
                    What(entry),
                    Screens.Cell($"[dim]{entry.Actor}[/]")
                );
            table.Columns[0].NoWrap();
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nothing was known yet.");
    }

    private static Markup What(TimelineEntry entry) =>
        (entry.RecordedAt - entry.OccurredAt).Duration() > Late
            ? Screens.Cell($"{entry.Text} [dim](known {Words.Clock(entry.RecordedAt)})[/]")
            : Screens.Cell($"{entry.Text}");

    private static Markup Source(string source) =>
        source switch
        {
            "incidents" => Screens.Styled("[blue]incidents[/]"),
            "budgets" => Screens.Styled("[green]budgets[/]"),
            "experiments" => Screens.Styled("[magenta]experiments[/]"),
            _ => Screens.Cell($"{source}"),
        };
}
