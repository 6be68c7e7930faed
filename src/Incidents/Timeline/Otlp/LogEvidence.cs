using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>Which log records are evidence, and what they say as entries of a timeline. Pure.</summary>
public static class LogEvidence
{
    public const string ServiceName = "service.name";

    /// <summary>Marks a record as evidence: the incident it belongs to, by number or id, or <c>true</c>.</summary>
    public const string Mark = "steady.incident";

    /// <summary>The severity number of FATAL: from here on, every record is evidence.</summary>
    public const int Fatal = 21;

    private const string Source = "otlp";
    private const string KindAttribute = "steady.kind";
    private const string LinkAttribute = "steady.link";
    private const int MostLabels = 32;
    private const int LongestName = 100;
    private const int LongestValue = 1000;
    private const int LongestText = 4000;

    // Of the resource, what tells which of several it was.
    private static readonly string[] Whereabouts =
    [
        "deployment.environment.name",
        "host.name",
        "k8s.namespace.name",
        "k8s.pod.name",
        "service.instance.id",
        "service.namespace",
        "service.version",
    ];

    /// <summary>Whether it is kept: it says so itself, or it is as bad as this.</summary>
    public static bool Is(LogRecord record, int floor) =>
        record.Attributes.ContainsKey(Mark) || (record.Severity >= floor && record.Severity > 0);

    /// <summary>The incident that it names; null when it names none.</summary>
    public static string? IncidentOf(LogRecord record) =>
        record.Text(Mark) is var name && name is "" or "true" ? null : Cut(name, LongestName);

    /// <param name="record">The record.</param>
    /// <param name="incident">The incident that it names.</param>
    /// <param name="service">That incident's service.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="now">The moment, for a record that has none.</param>
    public static EntryRecorded Read(
        LogRecord record,
        Guid? incident,
        string? service,
        string sender,
        DateTimeOffset now
    )
    {
        var observed = Moment(record.Observed);
        var happened = Moment(record.Time);
        var name = record.Origin.Text(ServiceName);
        string? named = name is "" or "unknown_service" ? service : name;
        return new EntryRecorded(
            Source,
            KindOf(record),
            happened ?? observed ?? now,
            named is null ? [] : [Cut(named, LongestName)],
            incident,
            null,
            sender,
            record.TraceId.Trim('0').Length == 0 ? null : record.TraceId.ToLowerInvariant(),
            Cut(Sentence(record), LongestText),
            Labels(record),
            Precision: happened is null ? EntryPrecision.Approx : null,
            SourceId: record.Key(),
            Links: Links(record),
            WrittenAt: observed
        );
    }

    private static string KindOf(LogRecord record)
    {
        var said = record.Text(KindAttribute) is { Length: > 0 } kind ? kind : record.EventName;
        var given = Cut(said.Trim().ToLowerInvariant(), LongestName);
        return Evidence.IsKind(given) && !Categories.IsOfPlatform(given) ? given : "log";
    }

    private static string Sentence(LogRecord record)
    {
        var said = LogRecord.TextOf(record.Body).Trim();
        var thrown = string.Join(
            ": ",
            new[] { record.Text("exception.type"), record.Text("exception.message") }.Where(one => one is not "")
        );
        if (said is "")
            said =
                thrown is not "" ? thrown
                : record.EventName is not "" ? record.EventName
                : $"{Severity(record)} of {record.Origin.Text(ServiceName)}".Trim();
        else if (thrown is not "" && !said.Contains(thrown, StringComparison.Ordinal))
            said = $"{said} – {thrown}";
        return said.Replace('\0', '\uFFFD');
    }

    // What marks it and what has a place of its own is no label.
    private static SortedDictionary<string, string> Labels(LogRecord record)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("log.severity", Severity(record));
        Add("otel.scope.name", record.Origin.Scope);
        Add("span_id", record.SpanId.Trim('0').Length == 0 ? "" : record.SpanId.ToLowerInvariant());
        foreach (var name in Whereabouts)
            Add(name, record.Origin.Text(name));
        foreach (var (name, value) in record.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (name is not (Mark or KindAttribute or LinkAttribute))
                Add(name, LogRecord.TextOf(value));
        }

        return labels;

        void Add(string name, string value)
        {
            if (value is not "" && name.Length is > 0 and <= LongestName && labels.Count < MostLabels)
                labels.TryAdd(name.Replace('\0', '\uFFFD'), Cut(value, LongestValue).Replace('\0', '\uFFFD'));
        }
    }

    private static EntryLink[]? Links(LogRecord record) =>
        record.Text(LinkAttribute) is { Length: > 0 } address ? [new EntryLink(address)] : null;

    private static string Severity(LogRecord record) =>
        record.Severity is < 1 or > 24
            ? record.SeverityText.ToLowerInvariant()
            : new[] { "trace", "debug", "info", "warn", "error", "fatal" }[(record.Severity - 1) / 4];

    private static DateTimeOffset? Moment(ulong nanoseconds) =>
        nanoseconds is 0 || nanoseconds / 100 > (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks
            ? null
            : DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..end]}…");
    }
}
