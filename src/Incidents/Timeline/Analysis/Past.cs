using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What a state follows from, of what had happened in a timeline by a moment.</summary>
/// <param name="Telling">At least the entries that can tell of severity and roles, that promise something and that end something.</param>
/// <param name="Lags">Of all entries.</param>
/// <param name="Count">How many entries there are.</param>
public sealed record Past(IReadOnlyList<TimelineEntry> Telling, Lags Lags, int Count)
{
    /// <param name="entries">All that had happened and was known.</param>
    public static Past Of(IReadOnlyList<TimelineEntry> entries) => new(entries, Lags.Of(entries), entries.Count);
}

/// <summary>
/// A timeline as far as states follow from it, with every version that was ever known: of ten thousand entries some hundred, and of the others that
/// they are there. Pure.
/// </summary>
/// <param name="Counted">All entries.</param>
/// <param name="Telling">Those of <see cref="Past.Telling"/>, in order.</param>
public sealed record PastStory(IReadOnlyList<CountedEntry> Counted, IReadOnlyList<TimelineEntry> Telling)
{
    /// <param name="moment">Only what was known then; null for what still stands.</param>
    public PastStory KnownAt(DateTimeOffset? moment) =>
        new(
            [.. Counted.Where(one => IsKnown(one.RecordedAt, one.KnownUntil, moment))],
            [.. Telling.Where(one => IsKnown(one.RecordedAt, one.KnownUntil, moment))]
        );

    private static bool IsKnown(DateTimeOffset recorded, DateTimeOffset? until, DateTimeOffset? moment) =>
        moment is { } then ? recorded <= then && (until is null || until > then) : until is null;

    /// <param name="at">Until when.</param>
    /// <param name="until">Until when what touched the service from outside belongs to it.</param>
    public Past Until(DateTimeOffset at, DateTimeOffset until)
    {
        var outside = until < at ? until : at;
        var past = Counted.Where(one => one.OccurredAt <= (one.IsOwn ? at : outside)).ToList();
        return new Past(
            [.. Telling.Where(one => one.OccurredAt <= (one.IncidentId is null ? outside : at))],
            Lags.Of(past),
            past.Count
        );
    }
}

/// <summary>An entry of which is known whose it is, and when.</summary>
public readonly record struct CountedEntry(
    string Source,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset? KnownUntil,
    bool IsOwn
);
