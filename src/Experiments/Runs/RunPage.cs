using System.Globalization;
using System.Text;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

/// <summary>Runs as they are read: one, and all with the newest first.</summary>
public static class RunPageEndpoint
{
    // The start is kept to the tick in JSON; PostgreSQL compares to the microsecond on both sides.
    private const string Start = "(data -> 'about' ->> 'startedAt')::timestamptz";
    private const string Active = "data ->> 'state' not in ('Refused', 'Concluded', 'Halted')";

    public static void Map(IEndpointRouteBuilder runs)
    {
        runs.MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("All runs, newest first; 'state=active' leaves out what is over")
            .Produces<Page<RunView>>()
            .ProducesProblem(400);
        runs.MapGet("/{id:guid}", Get)
            .RequireScope("experiments:read")
            .WithSummary(
                "One run: where it is, its rungs, the faults in place, what it has shown; with 'knownAt' as it was at that moment"
            )
            .Produces<RunView>()
            .ProducesProblem(404);
    }

    public static async Task<RunView?> Find(IDocumentStore store, Guid id, CancellationToken stop) =>
        await Load(store, id, stop) is { } run ? View(run) : null;

    public static async Task<Run?> Load(IDocumentStore store, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Run>(id, stop);
    }

    /// <summary>Runs that are not over; one whose fault could not be shown to be out is not.</summary>
    public static async Task<IReadOnlyList<Run>> FindActive(IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.QueryAsync<Run>($"where {Active}", stop);
    }

    private static async Task<IResult> Get(
        Guid id,
        IDocumentStore store,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    ) =>
        (
            knownAt is { } moment
                ? await store.Then<Run>(id, moment, stop) is { } run
                    ? View(run)
                    : null
                : await Find(store, id, stop)
        ).ToView(view => view.Version);

    private static async Task<IResult> List(
        IDocumentStore store,
        CancellationToken stop,
        string? state = null,
        int limit = 100,
        string? after = null
    )
    {
        if (limit is < 1 or > 500)
            return Answers.Problem(400, "limit-out-of-range", "'limit' must be between 1 and 500.");
        if (state is not (null or "active"))
            return Answers.Problem(
                400,
                "filter-unknown",
                $"'state={state}' is unknown. Give 'active', or leave it out."
            );
        if (ReadCursor(after) is not { } from)
            return Answers.Problem(
                400,
                "cursor-unknown",
                "'after' is no cursor of this list. Take 'next' from a page."
            );
        await using var session = store.QuerySession();
        var found = await session.QueryAsync<Run>(
            $"where ({Start}, id) < (?::timestamptz, ?) and {(state is null ? "true" : Active)} order by {Start} desc, id desc limit ?",
            stop,
            from.Start,
            from.Id,
            limit + 1
        );
        var page = found.Take(limit).Select(View).ToList();
        return TypedResults.Ok(new Page<RunView>(page, found.Count > limit ? Cursor(page[^1]) : null));
    }

    private static string Cursor(RunView last) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{last.StartedAt.ToString("O", CultureInfo.InvariantCulture)}|{last.Id}")
        );

    private static (DateTimeOffset Start, Guid Id)? ReadCursor(string? after)
    {
        if (after is null)
            return (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var bytes = new byte[after.Length];
        if (!Convert.TryFromBase64String(after, bytes, out var length))
            return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|');
        return
            parts.Length == 2
            && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, out var start)
            && Guid.TryParse(parts[1], out var id)
            ? (start.ToUniversalTime(), id)
            : null;
    }

    private static RunView View(Run run) =>
        new(
            run.Id,
            run.Version,
            run.ExperimentId,
            run.About.Experiment,
            run.Design.Hypothesis,
            run.Design.Environment,
            run.About.Edge,
            run.About.Services,
            run.State,
            run.Rungs,
            run.Design.Ladder.Rungs.Count,
            run.Faults.Count,
            run.Verdict,
            run.Finding,
            run.Reason,
            run.RecoverySeconds,
            run.About.StartedAt,
            run.EndedAt,
            run.About.By,
            Ladders.Broke(run.Rungs),
            run.Was,
            run.Rollbacks.Count > 0 ? run.Rollbacks : null,
            run.Dependents.Count > 0 ? run.Dependents : null
        );
}
