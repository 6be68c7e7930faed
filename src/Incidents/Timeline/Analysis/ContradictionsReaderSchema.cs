using Marten;
using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// Finds what cannot be so, and remembers what was found lately: to compare ten thousand entries with each other takes some hundred milliseconds,
/// and whoever looks at a long incident asks again and again.
/// </summary>
public sealed class ContradictionsReaderSchema(NpgsqlDataSource database)
{
    private readonly Remembered<FoundContradictions> remembered = new(found => found.Items.Count);

    /// <summary>In an incident's timeline as it is, or was known at a moment.</summary>
    /// <param name="scope">Whose timeline, as whoever asks may see it.</param>
    public async Task<FoundContradictions> OfIncident(
        Scope scope,
        DateTimeOffset? knownAt,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (knownAt is not null)
            return await Find();
        return (await RememberedSchema.Of(remembered, database, scope, null, IsStillSo, Find, stop)).Made;

        bool IsStillSo(FoundContradictions found) => found.NextDue is null || now <= found.NextDue;

        async Task<FoundContradictions> Find()
        {
            var entries = await EntriesReaderSchema.OfIncident(database, scope, knownAt, stop);
            return await In(entries, knownAt ?? now, session, stop);
        }
    }

    /// <summary>Among entries that are known already.</summary>
    public static async Task<FoundContradictions> In(
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset asOf,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var stated = await CausesEndpoint.Stated(entries, session, stop);
        var found = Contradictions.Find(entries, [.. stated.Select(edge => (edge.Cause, edge.Effect))], asOf);
        var due = entries.Select(ToldRules.PromiseOf).Where(promised => promised >= asOf).Min();
        return new FoundContradictions(found, entries.Count < EntriesReaderSchema.Most, due);
    }
}
