using System.Globalization;
using System.Text.Json;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;

namespace Steady.Tests.Unit.Incidents.Analysis;

/// <summary>Timelines of incidents that companies have published, as entries.</summary>
internal static class Published
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "aws-s3-2017-02-28",
        "cloudflare-2019-07-02",
        "cloudflare-2025-11-18",
        "datadog-2023-03-08",
        "github-2018-10-21",
        "gitlab-2017-01-31",
        "sre-book-shakespeare",
    ];

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Unit", "Incidents", "Data", "Timelines", $"{name}.json"))
        );
        return document.RootElement.Clone();
    }

    /// <summary>The rows, as somebody would import them: recorded when their source was published.</summary>
    public static IReadOnlyList<TimelineEntry> Entries(string name)
    {
        var file = Read(name);
        var incident = IdOf(name, 0);
        return [.. file.GetProperty("events").EnumerateArray().Select(row => Entry(name, incident, file, row))];
    }

    /// <summary>The entry of a row.</summary>
    public static Guid IdOf(string name, int row) => Steady.Kernel.StableId.From("published", name, $"{row}");

    /// <summary>A statement that a source makes beside its rows.</summary>
    public static TimelineEntry Stated(string name, int number, string source, string fact, string at) =>
        new(
            IdOf(name, number),
            Moment(at),
            Moment(at).AddDays(10),
            source,
            "context",
            [name],
            IdOf(name, 0),
            null,
            "importer",
            null,
            $"{fact}: {at}",
            new Dictionary<string, string> { ["fact"] = fact },
            Category: "context",
            Sequence: number
        );

    public static DateTimeOffset Moment(string at) =>
        DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static TimelineEntry Entry(string name, Guid incident, JsonElement file, JsonElement row)
    {
        var (number, at, kind) = (row.GetProperty("n").GetInt32(), Moment(Text(row, "at")!), Text(row, "kind")!);
        var labels = new Dictionary<string, string>();
        foreach (
            var (member, label) in new[] { ("actor", "author"), ("severity", "severity"), ("etaHours", "etaHours") }
        )
        {
            if (row.TryGetProperty(member, out var value))
                labels[label] = value.ToString();
        }

        EntryPrecision? precision = Text(row, "precision") == "approx" ? EntryPrecision.Approx : null;
        return new TimelineEntry(
            IdOf(name, number),
            at,
            Recorded(file, Text(row, "src")!, at),
            Text(row, "src")!,
            kind,
            [name],
            incident,
            null,
            "importer",
            null,
            Text(row, "label")!,
            labels,
            Categories.Of(kind),
            OccurredUntil: Precisions.Until(at, precision),
            Precision: precision,
            Sequence: number
        );
    }

    private static DateTimeOffset Recorded(JsonElement file, string source, DateTimeOffset at) =>
        DateTimeOffset.TryParse(
            Text(file.GetProperty("sources").GetProperty(source), "recordedAt"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var published
        )
            ? published
            : at;

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
