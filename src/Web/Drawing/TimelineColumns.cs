using System.Text.Json.Serialization;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>How bad it was, in milliseconds since 1970. Kind: 0 nobody knew, 1 users suffer, 2 mitigated.</summary>
public sealed record ColumnBand(long From, long To, int Severity, int Kind);

/// <summary>What sort of thing rows are.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="Lane">The lane it is drawn in.</param>
/// <param name="Key">Whether it is a turning point.</param>
public sealed record ColumnSort(string Kind, int Lane, bool Key);

/// <summary>
/// A timeline for the picture, column by column: ten thousand rows are a twentieth of what they are one by one. It has no ids, which are the half
/// of what a row is and cannot be packed: an entry is found again by its moment and its words when somebody looks at it.
/// </summary>
/// <param name="Start">The first moment, in milliseconds since 1970.</param>
/// <param name="Unit">Milliseconds of a tick.</param>
/// <param name="Times">For each row, how many ticks after the one before.</param>
/// <param name="Lags">For each row, the ticks from when it happened until it was recorded, where that is shorter than the other: it goes on.</param>
/// <param name="LagSteps">The same as what they differ from the row before: all was recorded at once.</param>
/// <param name="Sorts">What sorts of things there are.</param>
/// <param name="SortRows">For each row, which of them.</param>
/// <param name="Later">Rows that were not known yet at the moment that is looked at, each as how far it is from the one before.</param>
/// <param name="Corrected">Rows that were amended, likewise.</param>
/// <param name="Conflicts">Rows that cannot all be so, of which nobody has said how it was, likewise.</param>
/// <param name="Spans">Rows that lasted, likewise, each with how many ticks.</param>
/// <param name="End">The right end: now while it goes on.</param>
/// <param name="More">Whether there are more rows than are shown.</param>
public sealed record TimelineColumns(
    long Start,
    int Unit,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Times,
    string? Lags,
    string? LagSteps,
    IReadOnlyList<ColumnSort> Sorts,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> SortRows,
    SharedWords Actors,
    SharedSentences Texts,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Later,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Corrected,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Conflicts,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Spans,
    IReadOnlyList<ColumnBand> Bands,
    long End,
    bool More
)
{
    // So many rows are not looked at closer than that: a tenth of a second is less than a pixel.
    private const int Many = 2_000;
    private const int Coarse = 100;

    /// <param name="known">What is known at the moment that is looked at.</param>
    /// <param name="later">What was learned after it; empty while that moment is now.</param>
    /// <param name="incident">Whose band of severities is drawn; null for none.</param>
    /// <param name="contradictions">What cannot be so.</param>
    /// <param name="now">Now.</param>
    /// <param name="more">Whether there are more entries than are given.</param>
    public static TimelineColumns Of(
        IReadOnlyList<TimelineEntry> known,
        IReadOnlyList<TimelineEntry> later,
        IncidentView? incident,
        IReadOnlyList<ContradictionView> contradictions,
        DateTimeOffset now,
        bool more
    )
    {
        var rows = Rows(known, later);
        var entries = rows.ConvertAll(row => row.Entry);
        var unit = entries.Count > Many ? Coarse : 1;
        var (at, noted) = (Ticks(entries, unit, one => one.OccurredAt), Ticks(entries, unit, one => one.RecordedAt));
        var lags = noted.Zip(at, (recorded, happened) => recorded - happened).ToList();
        var (each, steps) = (Letters.Of(lags), Letters.Of(Apart(lags)));
        var sorts = entries.ConvertAll(Sort);
        var kinds = sorts.Distinct().ToList();
        return new TimelineColumns(
            entries.Count == 0 ? Milliseconds(now) : at[0] * unit,
            unit,
            Apart(at, at.Count == 0 ? 0 : at[0]),
            each.Length <= steps.Length ? each : null,
            each.Length <= steps.Length ? null : steps,
            kinds,
            [.. sorts.Select(sort => (long)kinds.IndexOf(sort))],
            SharedWords.Of(entries.Select(Who)),
            SharedSentences.Of(entries.ConvertAll(PlainText.Of)),
            Apart(Numbers(rows, row => row.Later)),
            Apart(Numbers(rows, row => row.Entry.EntryVersion > 1)),
            Apart(InConflict(entries, contradictions)),
            Lasting(entries, unit),
            BandsOf(incident, entries, now),
            RightEdge(incident, entries, now),
            more
        );
    }

    /// <summary>The same a while later, when nothing was written: what goes on has gone on.</summary>
    /// <param name="incident">Whose band of severities is drawn; null for none.</param>
    /// <param name="telling">The entries that the band follows from, and the last one.</param>
    /// <param name="now">Now.</param>
    public TimelineColumns Until(IncidentView? incident, IReadOnlyList<TimelineEntry> telling, DateTimeOffset now) =>
        this with
        {
            Bands = BandsOf(incident, telling, now),
            End = RightEdge(incident, telling, now),
        };

    /// <summary>The entries that <see cref="Until"/> wants.</summary>
    public static IReadOnlyList<TimelineEntry> Telling(
        IReadOnlyList<TimelineEntry> known,
        IReadOnlyList<TimelineEntry> later,
        IncidentView? incident
    )
    {
        var rows = Rows(known, later).ConvertAll(row => row.Entry);
        return [.. incident is null ? [] : SeveritySpans.Telling(incident, rows), .. rows.TakeLast(1)];
    }

    private static IReadOnlyList<ColumnBand> BandsOf(
        IncidentView? incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset now
    ) => incident is null ? [] : [.. SeveritySpans.Of(incident, entries, now).Select(Band)];

    private static List<(TimelineEntry Entry, bool Later)> Rows(
        IReadOnlyList<TimelineEntry> known,
        IReadOnlyList<TimelineEntry> later
    ) =>
        [
            .. known
                .Select(entry => (Entry: entry, Later: false))
                .Concat(
                    later.ExceptBy(known.Select(one => one.Id), one => one.Id).Select(one => (Entry: one, Later: true))
                )
                .OrderBy(row => row.Entry.OccurredAt)
                .ThenBy(row => row.Entry.RecordedAt),
        ];

    private static ColumnSort Sort(TimelineEntry entry) =>
        new(Drawing.Kinds.Name(entry.Kind), TimelineLanes.Of(entry), TimelineLanes.IsKey(entry));

    // An incident that goes on ends now; what is asked for freely ends with what was found.
    private static long RightEdge(IncidentView? incident, IReadOnlyList<TimelineEntry> entries, DateTimeOffset now)
    {
        var last = entries.Count == 0 ? now : entries[^1].OccurredAt;
        return Milliseconds(incident is { ResolvedAt: null, ClosedAt: null } && now > last ? now : last);
    }

    private static string Who(TimelineEntry entry) =>
        Drawing.Kinds.Person(entry.Labels?.GetValueOrDefault("author") ?? entry.Actor);

    private static ColumnBand Band(SeveritySpan span) =>
        new(Milliseconds(span.From), Milliseconds(span.To), Words.Digit(span.Severity), (int)span.Kind);

    private static List<long> Lasting(List<TimelineEntry> entries, int unit)
    {
        var (spans, last) = (new List<long>(), 0);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].OccurredUntil is { } until && until > entries[i].OccurredAt)
            {
                spans.AddRange([i - last, (Milliseconds(until) - Milliseconds(entries[i].OccurredAt)) / unit]);
                last = i;
            }
        }

        return spans;
    }

    private static List<long> InConflict(List<TimelineEntry> entries, IReadOnlyList<ContradictionView> contradictions)
    {
        var claims = contradictions
            .Where(one => one.Ruling is null)
            .SelectMany(one => one.Claims)
            .Select(claim => claim.Entry)
            .ToHashSet();
        return [.. Numbers(entries, entry => claims.Contains(entry.Id))];
    }

    private static List<long> Numbers<T>(List<T> rows, Func<T, bool> which) =>
        [.. rows.Select((row, i) => (row, i)).Where(one => which(one.row)).Select(one => (long)one.i)];

    /// <summary>Each as what it differs from the one before.</summary>
    private static List<long> Apart(IReadOnlyList<long> numbers, long first = 0) =>
        [.. numbers.Select((number, i) => number - (i == 0 ? first : numbers[i - 1]))];

    private static List<long> Ticks(
        List<TimelineEntry> entries,
        int unit,
        Func<TimelineEntry, DateTimeOffset> moment
    ) => entries.ConvertAll(entry => Milliseconds(moment(entry)) / unit);

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
