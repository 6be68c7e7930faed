using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>Words that many rows share, said once.</summary>
/// <param name="Words">Each once, in the order in which they come up.</param>
/// <param name="Rows">For each row, which of them.</param>
public sealed record SharedWords(IReadOnlyList<string> Words, IReadOnlyList<int> Rows)
{
    public static SharedWords Of(IEnumerable<string> rows)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = new List<string>();
        var numbers = new List<int>();
        foreach (var word in rows)
        {
            if (!known.TryGetValue(word, out var number))
            {
                known.Add(word, number = words.Count);
                words.Add(word);
            }

            numbers.Add(number);
        }

        return new SharedWords(words, numbers);
    }
}

/// <summary>How bad it was, in milliseconds since 1970. Kind: 0 nobody knew, 1 users suffer, 2 mitigated.</summary>
public sealed record ColumnBand(long From, long To, int Severity, int Kind);

/// <summary>Rows that cannot all be so.</summary>
public sealed record ColumnConflict(Guid Id, bool Ruled, IReadOnlyList<int> Rows);

/// <summary>
/// A timeline for the picture, column by column: ten thousand rows are a tenth of what they are one by one. Moments are milliseconds.
/// </summary>
/// <param name="Start">The first moment, since 1970.</param>
/// <param name="Times">For each row, how long after the one before.</param>
/// <param name="Lags">For each row, from when it happened until it was recorded.</param>
/// <param name="Keys">Rows that are turning points.</param>
/// <param name="Later">Rows that were not known yet at the moment that is looked at.</param>
/// <param name="Corrected">Rows that were amended.</param>
/// <param name="Spans">Rows that lasted, each with how long.</param>
/// <param name="End">The right end: now while it goes on.</param>
/// <param name="More">Whether there are more rows than are shown.</param>
public sealed record TimelineColumns(
    long Start,
    IReadOnlyList<long> Times,
    IReadOnlyList<long> Lags,
    IReadOnlyList<int> Lanes,
    SharedWords Kinds,
    SharedWords Actors,
    SharedWords Texts,
    IReadOnlyList<int> Keys,
    IReadOnlyList<int> Later,
    IReadOnlyList<int> Corrected,
    IReadOnlyList<long[]> Spans,
    IReadOnlyList<ColumnBand> Bands,
    IReadOnlyList<ColumnConflict> Conflicts,
    long End,
    bool More,
    IReadOnlyList<Guid> Ids
)
{
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
        var unknown = later.ExceptBy(known.Select(entry => entry.Id), entry => entry.Id).ToList();
        var rows = known
            .Select(entry => (Entry: entry, Later: false))
            .Concat(unknown.Select(entry => (Entry: entry, Later: true)))
            .OrderBy(row => row.Entry.OccurredAt)
            .ThenBy(row => row.Entry.RecordedAt)
            .ToList();
        var entries = rows.ConvertAll(row => row.Entry);
        var bands = incident is null ? [] : SeveritySpans.Of(incident, entries, now);
        return new TimelineColumns(
            entries.Count == 0 ? Milliseconds(now) : Milliseconds(entries[0].OccurredAt),
            [.. entries.Select((entry, i) => i == 0 ? 0 : Between(entries[i - 1].OccurredAt, entry.OccurredAt))],
            [.. entries.Select(entry => Between(entry.OccurredAt, entry.RecordedAt))],
            [.. entries.Select(TimelineLanes.Of)],
            SharedWords.Of(entries.Select(entry => Drawing.Kinds.Name(entry.Kind))),
            SharedWords.Of(entries.Select(Who)),
            SharedWords.Of(entries.Select(entry => entry.Text)),
            Numbers(rows, row => TimelineLanes.IsKey(row.Entry)),
            Numbers(rows, row => row.Later),
            Numbers(rows, row => row.Entry.EntryVersion > 1),
            [.. Lasting(entries)],
            [.. bands.Select(Band)],
            Conflict(entries, contradictions),
            Milliseconds(RightEdge(incident, entries, now)),
            more,
            entries.ConvertAll(entry => entry.Id)
        );
    }

    // An incident that goes on ends now; what is asked for freely ends with what was found.
    private static DateTimeOffset RightEdge(IncidentView? incident, List<TimelineEntry> entries, DateTimeOffset now)
    {
        var last = entries.Count == 0 ? now : entries[^1].OccurredAt;
        return incident is { ResolvedAt: null, ClosedAt: null } && now > last ? now : last;
    }

    private static string Who(TimelineEntry entry) =>
        Drawing.Kinds.Person(entry.Labels?.GetValueOrDefault("author") ?? entry.Actor);

    private static ColumnBand Band(SeveritySpan span) =>
        new(Milliseconds(span.From), Milliseconds(span.To), Words.Digit(span.Severity), (int)span.Kind);

    private static IEnumerable<long[]> Lasting(List<TimelineEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].OccurredUntil is { } until && until > entries[i].OccurredAt)
                yield return [i, Between(entries[i].OccurredAt, until)];
        }
    }

    private static List<ColumnConflict> Conflict(
        List<TimelineEntry> entries,
        IReadOnlyList<ContradictionView> contradictions
    )
    {
        if (contradictions.Count == 0)
            return [];
        var rows = new Dictionary<Guid, int>();
        for (var i = 0; i < entries.Count; i++)
            rows.TryAdd(entries[i].Id, i);
        return
        [
            .. contradictions.Select(one => new ColumnConflict(
                one.Id,
                one.Ruling is not null,
                [.. one.Claims.Where(claim => rows.ContainsKey(claim.Entry)).Select(claim => rows[claim.Entry])]
            )),
        ];
    }

    private static int[] Numbers<T>(List<T> rows, Func<T, bool> which) =>
        [.. rows.Select((row, i) => (row, i)).Where(one => which(one.row)).Select(one => one.i)];

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long Between(DateTimeOffset from, DateTimeOffset to) => Milliseconds(to) - Milliseconds(from);
}
