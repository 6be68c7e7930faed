using Spectre.Console;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>Where an indicator is counted, and how that goes.</summary>
internal static class SourcePictures
{
    public static void Page(IAnsiConsole screen, SourceView source, DateTimeOffset now)
    {
        screen.Line($"[bold]{source.Sli}[/], {(source.Enabled ? "counted" : "[yellow]switched off[/]")}");
        screen.Line($"{source.Terms.Origin}, set by {source.By} {Words.Ago(source.SetAt, now)}");
        if (source.Terms.Counters is { } counters)
        {
            screen.Line($"  good  {counters.Good}");
            screen.Line($"  {(counters.Total is null ? "bad" : "total")}  {counters.Total ?? counters.Bad ?? ""}");
        }

        if (source.Terms.Latency is { } latency)
            screen.Line($"  good  {latency.Histogram} up to {latency.Threshold} {latency.Unit ?? ""}");
        var last = source.LastSampleAt is { } at ? Words.Ago(at, now) : "none since the service started";
        screen.Line($"[dim]{source.Series} series, newest sample {last}[/]");
        foreach (var refused in source.Refused)
            screen.Line($"[yellow]{Words.Number(refused.Count)} refused[/] ({refused.Reason}): {refused.Message}");
    }
}
