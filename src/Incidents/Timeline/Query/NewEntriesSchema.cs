using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline.Query;

/// <summary>A stretch of the store.</summary>
/// <param name="After">Behind this place.</param>
/// <param name="Until">Up to this one.</param>
/// <param name="Most">At most so many entries of it.</param>
public sealed record NewRange(long After, long Until, int Most);

/// <summary>What was found, and up to where that is all.</summary>
public sealed record NewPage(IReadOnlyList<TimelineEntry> Entries, long End);

/// <summary>Reads what a query finds among what is new, in the order in which it was recorded.</summary>
public static class NewEntriesSchema
{
    /// <summary>Null where it took too long.</summary>
    public static async Task<NewPage?> Page(
        Search search,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        NewRange range,
        CancellationToken stop
    )
    {
        // The names are looked up again each time: an incident goes on, and takes others in.
        var (known, _) = await TimelineQueryEndpoint.Known(
            search,
            new QueryEdges(sight, session, database, clock.GetUtcNow()),
            stop
        );
        if (known is null || Binding.Bind("", search, known).Plan is not { } plan)
            return new NewPage([], range.Until);
        var statement = Compiling.New(plan, range.After, range.Until, range.Most + 1);
        if (await TimelineQuerySchema.Rows(database, statement, isWide: false, stop) is not { } found)
            return null;
        if (found.Count <= range.Most)
            return new NewPage(found, range.Until);
        // What was recorded at once is told at once, or it would be lost to who comes back in between.
        var whole = found.Where(entry => entry.Sequence < found[^1].Sequence).ToList();
        return whole.Count > 0
            ? new NewPage(whole, whole[^1].Sequence)
            : await Page(search, sight, session, database, clock, range with { Most = range.Most * 2 }, stop);
    }
}
