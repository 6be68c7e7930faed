using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Query;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>Reads what is replayed.</summary>
public static class ReplayReaderSchema
{
    /// <summary>Longer stories are refused.</summary>
    public const int Most = 20_000;

    /// <summary>Every version that a plan finds; null where there are too many or too much would have to be read.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>?> Versions(
        NpgsqlDataSource database,
        Plan plan,
        CancellationToken stop
    )
    {
        var statement = Compiling.Rows(plan with { EveryVersion = true }, new Part(Most + 1));
        var found = await TimelineQuerySchema.Rows(database, statement, TimelineQueryEndpoint.IsWide(plan), stop);
        return found?.Count > Most ? null : found;
    }

    /// <summary>Entries as they read now, by id and version; what is hidden is not among them.</summary>
    public static async Task<IReadOnlyDictionary<(Guid, int), TimelineEntry>> Words(
        NpgsqlDataSource database,
        IReadOnlyList<Guid> entries,
        Guid[] hidden,
        DateTimeOffset knownAt,
        CancellationToken stop
    )
    {
        var plan = new Plan(
            null,
            null,
            null,
            knownAt,
            Recorded: false,
            SeenBy: null,
            new Dictionary<string, IncidentKnown>()
        )
        {
            Only = entries,
            Hidden = hidden,
            EveryVersion = true,
        };
        var statement = Compiling.Rows(plan, new Part(Most));
        var found = await TimelineQuerySchema.Rows(database, statement, isWide: false, stop) ?? [];
        return found.ToDictionary(one => (one.Id, one.EntryVersion), one => AsOf(one, knownAt));
    }

    /// <summary>What took its place later was not known.</summary>
    public static TimelineEntry AsOf(TimelineEntry entry, DateTimeOffset knownAt) =>
        entry.KnownUntil > knownAt ? entry with { KnownUntil = null } : entry;
}
