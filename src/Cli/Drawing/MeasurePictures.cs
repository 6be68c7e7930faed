using System.Globalization;
using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How long things took, for people.</summary>
public static class MeasurePictures
{
    private const string Heights = " ▁▂▃▄▅▆▇█";

    public static void Page(IAnsiConsole screen, IncidentMeasures measures, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{measures.Incidents} incidents[/] [dim]declared {Day(measures.From)} to {Day(measures.To)}{(measures.Service is { } service ? $" on {service}" : "")}[/]"
        );
        var table = Screens.Table(
            "MEASURE",
            ">N",
            ">HALF WITHIN",
            ">9 OF 10 WITHIN",
            "MEDIAN, 95 %",
            "1m 5m 15m 30m 1h 4h 1d +",
            "MARKS"
        );
        foreach (var one in measures.Measures)
            table.AddRow(
                Screens.Cell($"{Name(one.Kind)}"),
                Screens.Cell($"{one.N}"),
                Screens.Cell($"{Length(one.P50Seconds)}"),
                Screens.Cell($"{Length(one.P90Seconds)}"),
                one.MedianInterval is { } interval
                    ? Screens.Cell($"{Length(interval.LowSeconds)} to {Length(interval.HighSeconds)}")
                    : Screens.Cell($"[dim]too few[/]"),
                Screens.Cell($"{Bars(one.Histogram)}"),
                Screens.Cell($"[dim]{Marks(one)}[/]")
            );
        screen.Write(table);
    }

    private static string Bars(IReadOnlyList<MeasureBucket> buckets)
    {
        var most = Math.Max(1, buckets.Max(bucket => bucket.Count));
        return string.Concat(
            buckets.Select(bucket => Heights[(int)Math.Ceiling(bucket.Count * (Heights.Length - 1) / (double)most)])
        );
    }

    private static string Marks(Measure one) =>
        string.Join(
            ", ",
            new[] { (one.Missing, "missing"), (one.Invalid, "invalid"), (one.Stale, "stale") }
                .Where(mark => mark.Item1 > 0)
                .Select(mark => $"{mark.Item1} {mark.Item2}")
        );

    private static string Name(MeasureName kind) =>
        kind switch
        {
            MeasureName.TimeToDetect => "to detect",
            MeasureName.TimeToAcknowledge => "to acknowledge",
            MeasureName.TimeToDeclare => "to declare",
            MeasureName.TimeToMitigate => "to mitigate",
            MeasureName.TimeToResolve => "to resolve",
            _ => "declared to resolved",
        };

    private static string Length(long? seconds) =>
        seconds switch
        {
            null => "–",
            < 60 => $"{seconds} s",
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
            < 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} d {seconds % 86_400 / 3600} h"),
        };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
