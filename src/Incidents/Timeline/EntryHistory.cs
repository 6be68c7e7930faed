using System.Globalization;
using JasperFx.Events;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>What differs between two versions of an entry. Pure.</summary>
public static class FieldChanges
{
    public static IEnumerable<FieldChange> Between(EntryRecorded before, EntryRecorded after) =>
        Fields(before)
            .Zip(Fields(after))
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new FieldChange(pair.First.Name, pair.First.Value, pair.Second.Value));

    private static IEnumerable<(string Name, string? Value)> Fields(EntryRecorded e) =>
        [
            ("text", e.Text),
            ("kind", e.Kind),
            ("occurredAt", Moment(e.OccurredAt)),
            ("occurredUntil", Moment(e.OccurredUntil)),
            ("precision", Word(e.Precision)),
            ("services", string.Join(", ", e.Services)),
            ("confidence", Word(e.Confidence)),
            (
                "labels",
                e.Labels is { Count: > 0 } labels
                    ? string.Join(", ", labels.Select(Pair).Order(StringComparer.Ordinal))
                    : null
            ),
            ("links", e.Links is { Count: > 0 } links ? string.Join(", ", links.Select(Link)) : null),
            ("causes", e.Causes is { Count: > 0 } causes ? string.Join(", ", causes) : null),
        ];

    private static string? Moment(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private static string Pair(KeyValuePair<string, string> label) => $"{label.Key}={label.Value}";

    private static string Link(EntryLink link) => link.Title is { } title ? $"{title} <{link.Url}>" : link.Url;
}

/// <summary>All that was ever said in one entry's place. Pure.</summary>
public static class Histories
{
    /// <param name="first">The event that told it first.</param>
    /// <param name="corrections">What was said of it later, oldest first.</param>
    /// <param name="keys">Of their words.</param>
    public static EntryHistory Of(IEvent first, IReadOnlyList<IEvent> corrections, OpenKeys keys)
    {
        var original = TimelineLines.Of(first, keys).First();
        var standing = StandingEntry.Of(original.Id, first.StreamId, keys.Open(first.Data))?.Entry;
        var versions = new List<EntryVersionView> { new(original, original.Actor, null, []) };
        foreach (var correction in corrections)
        {
            if (TimelineLines.EndedBy(correction.Data) is not null)
                versions[^1] = Ended(versions[^1], correction.Timestamp);
            if (keys.Open(correction.Data) is not EntryAmended amended)
                continue;
            var entry = TimelineLines.Of(correction, keys).Single(one => one.Id == original.Id);
            var changed = FieldChanges.Between(standing!, amended.Entry).ToList();
            versions.Add(new EntryVersionView(entry, amended.By, amended.Reason, changed));
            standing = amended.Entry;
        }

        var retraction = corrections.Select(e => e.Data).OfType<EntryRetracted>().LastOrDefault() is { } r
            ? new EntryRetraction(r.By, r.At, r.Reason)
            : null;
        return new EntryHistory(original.Id, corrections.Count + 1, retraction, versions);
    }

    /// <summary>
    /// The same by the timeline's clock, so that both say of an entry that it was known at one moment. What the timeline has not taken in yet keeps
    /// the moment of the store.
    /// </summary>
    /// <param name="known">From when and until when the timeline knew each version.</param>
    public static EntryHistory By(
        this EntryHistory history,
        IReadOnlyDictionary<int, (DateTimeOffset From, DateTimeOffset? Until)> known
    ) => history with { Versions = [.. history.Versions.Select(version => By(version, known))] };

    private static EntryVersionView By(
        EntryVersionView version,
        IReadOnlyDictionary<int, (DateTimeOffset From, DateTimeOffset? Until)> known
    ) =>
        known.TryGetValue(version.Entry.EntryVersion, out var time)
            ? version with
            {
                Entry = version.Entry with
                {
                    RecordedAt = time.From,
                    KnownUntil = time.Until ?? version.Entry.KnownUntil,
                },
            }
            : version;

    private static EntryVersionView Ended(EntryVersionView version, DateTimeOffset at) =>
        version with
        {
            Entry = version.Entry with { KnownUntil = at.ToUniversalTime() },
        };
}

public static class EntryHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/entries/{id:guid}/versions", Show)
            .WithTags("Timeline")
            .WithSummary("An entry with every version of it, what each changed, by whom and why")
            .Produces<EntryHistory>();

    private static async Task<IResult> Show(
        Guid id,
        Sight sight,
        IQuerySession session,
        VaultSchema vault,
        NpgsqlDataSource database,
        CancellationToken stop
    )
    {
        if (await EntriesSchema.First(sight, session, id, stop) is not { } first)
            return Answers.Missing();
        var corrections = await EntriesSchema.Corrections(session, id, stop);
        var keys = await vault.KeysOf(corrections.Prepend(first).Select(e => e.Data), stop);
        var known = await TimelineRowsSchema.KnownTimes(database, id, stop);
        return Histories.Of(first, corrections, keys).By(known).ToView(view => view.Version);
    }
}
