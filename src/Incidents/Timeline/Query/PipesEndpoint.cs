using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;

namespace Steady.Incidents.Timeline.Query;

/// <summary>What answers are made with.</summary>
/// <param name="Pin">As of when incidents are looked at where the query itself does not say; null for now.</param>
public sealed record QueryEdges(
    Sight Sight,
    IQuerySession Session,
    NpgsqlDataSource Database,
    DateTimeOffset Now,
    DateTimeOffset? Pin = null
);

/// <summary>Answers what becomes of the entries that a query finds.</summary>
public static class PipesEndpoint
{
    // What a pipe looks at; more is not told but refused.
    private const int MostPiped = 20_000;

    // The whole story around each of them is read.
    private const int MostWalked = 20;

    /// <summary>Null where too much would have to be looked at.</summary>
    public static async Task<TimelineAnswer?> Answer(
        Search search,
        Plan plan,
        QueryEdges around,
        CancellationToken stop
    )
    {
        var (database, isWide) = (around.Database, TimelineQueryEndpoint.IsWide(plan));
        if (search.Pipes is [CountBy { Key: var by }])
        {
            var counts = await TimelineQuerySchema.Counts(database, Compiling.Counts(plan, by), isWide, stop);
            return counts is null ? null : new TimelineAnswer([], null, Counts: counts);
        }

        var part = search.Pipes[0] switch
        {
            First first => new Part(first.Count),
            Last last => new Part(last.Count, Backwards: true),
            Causal => new Part(MostWalked + 1),
            _ => new Part(MostPiped + 1),
        };
        var found = await TimelineQuerySchema.Rows(database, Compiling.Rows(plan, part), isWide, stop);
        if (found is null || found.Count > MostPiped)
            return null;
        var items = part.Backwards ? [.. found.Reverse()] : found;
        IReadOnlyList<CausalEdge>? edges = null;
        foreach (var pipe in search.Pipes)
        {
            if (pipe is not Causal causal)
                items = Piping.Shown(items, pipe);
            else if (items.Count > MostWalked)
                return null;
            else
                (items, edges) = await Walk(items, causal, around, stop);
        }

        return search.Pipes[^1] switch
        {
            Gaps gaps => new TimelineAnswer([], null, Gaps: Piping.GapsIn(items, gaps.Longer)),
            CountBy count => new TimelineAnswer([], null, Counts: Piping.Counts(items, count.Key)),
            _ => new TimelineAnswer(items, null, Edges: edges),
        };
    }

    // What is reached from any of them, in the order in which it happened.
    private static async Task<(IReadOnlyList<TimelineEntry>, IReadOnlyList<CausalEdge>)> Walk(
        IReadOnlyList<TimelineEntry> items,
        Causal causal,
        QueryEdges around,
        CancellationToken stop
    )
    {
        Guid[] ids = [.. items.Select(entry => entry.Id).Distinct()];
        // One that was taken back meanwhile led to nothing.
        if (
            await CausesEndpoint.Graph(ids, around.Sight, around.Session, around.Database, around.Now, stop)
            is not { } graph
        )
            return ([], []);
        var answers = ids.Select(id => causal.Causes ? graph.Causes(id, causal.Depth) : graph.Effects(id, causal.Depth))
            .ToList();
        var reached = answers
            .SelectMany(answer => answer.Nodes)
            .Select(node => node.Entry)
            .DistinctBy(entry => entry.Id)
            .OrderBy(entry => entry.OccurredAt)
            .ThenBy(entry => entry.Sequence)
            .ThenBy(entry => entry.Id);
        return ([.. reached], [.. answers.SelectMany(answer => answer.Edges).Distinct()]);
    }
}
