using System.ComponentModel.DataAnnotations;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What led to what.</summary>
public static class CausesEndpoint
{
    // How far around an entry of no incident is looked.
    private static readonly TimeSpan Around = TimeSpan.FromHours(2);

    // Causes may be named across incidents: from there one looks on, so often.
    private const int Rounds = 3;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/entries/{id:guid}/causes", Causes)
            .WithTags("Timeline")
            .WithSummary("What led to an entry, with how that is known and how sure it is; depth 1 to 10")
            .Produces<CausalAnswer>();
        read.MapGet("/entries/{id:guid}/effects", Effects)
            .WithTags("Timeline")
            .WithSummary("What followed from an entry, with how that is known and how sure it is; depth 1 to 10")
            .Produces<CausalAnswer>();
        read.MapGet("/entries/{id:guid}/path", Path)
            .WithTags("Timeline")
            .WithSummary("The surest way from one entry to another, whichever led to the other")
            .Produces<CausalPath>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/entries/{id:guid}/causes", State)
            .WithTags("Timeline")
            .WithSummary("Say that another entry led to this one, and how sure that is")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/entries/{id:guid}/causes/withdraw", Withdraw)
            .WithTags("Timeline")
            .WithSummary("Take back that another entry led to this one; that it was said is kept")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>What people say led to any of these entries.</summary>
    public static async Task<IReadOnlyList<CausalEdge>> Stated(
        IReadOnlyList<TimelineEntry> entries,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var stated = await session.LoadManyAsync<StatedCauses>(
            stop,
            [.. entries.Select(one => StatedCauses.IdOf(one.Id))]
        );
        return [.. stated.SelectMany(one => one.Edges())];
    }

    private static async Task<IResult> Causes(
        Guid id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        [Range(1, CausalGraph.Deepest)] int depth = 3
    ) =>
        await Graph([id], sight, session, database, clock.GetUtcNow(), stop) is { } graph
            ? TypedResults.Ok(graph.Causes(id, depth))
            : Unknown(id);

    private static async Task<IResult> Effects(
        Guid id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        [Range(1, CausalGraph.Deepest)] int depth = 3
    ) =>
        await Graph([id], sight, session, database, clock.GetUtcNow(), stop) is { } graph
            ? TypedResults.Ok(graph.Effects(id, depth))
            : Unknown(id);

    private static async Task<IResult> Path(
        Guid id,
        Guid to,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        await Graph([id, to], sight, session, database, clock.GetUtcNow(), stop) is { } graph
            ? TypedResults.Ok(graph.Path(id, to))
            : Unknown(id, to);

    private static async Task<IResult> State(
        Guid id,
        StateCause command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IQuerySession session,
        Streams streams,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await AnalysisReaderSchema.Find(sight, session, database, [id, command.Cause], stop);
        if (found.FirstOrDefault(one => one.Id == id) is not { } effect)
            return Unknown(id);
        if (found.All(one => one.Id != command.Cause))
            return AnalysisEndpoint.Malformed("cause", "There is no such entry. Give one that stands in a timeline.");
        if (string.IsNullOrWhiteSpace(command.Why))
            return AnalysisEndpoint.Malformed("why", "Say how that is known, in 1 to 1,000 characters.");
        if (!Enum.IsDefined(command.Confidence))
            return AnalysisEndpoint.Malformed("confidence", "Give low, medium or high.");
        var (stream, now) = (StatedCauses.IdOf(id), clock.GetUtcNow());
        var outcome = await streams.Decide<StatedCauses>(stream, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<StatedCauses>(NewStream.Of(stream), by, Decide(null), stop)
                : new Outcome.Stale(0);
        if (outcome is Outcome.Taken)
            outcome = await streams.Decide<StatedCauses>(stream, version, by, Decide, stop);
        return outcome.ToResult();

        Decision Decide(StatedCauses? before) => StatingCauses.State(before, effect, command, by, now);
    }

    private static async Task<IResult> Withdraw(
        Guid id,
        WithdrawCause command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IQuerySession session,
        Streams streams,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await AnalysisReaderSchema.Find(sight, session, database, [id], stop) is not [var effect])
            return Unknown(id);
        if (string.IsNullOrWhiteSpace(command.Reason))
            return AnalysisEndpoint.Malformed("reason", "Say why, in 1 to 1,000 characters.");
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<StatedCauses>(
            StatedCauses.IdOf(id),
            version,
            by,
            before => StatingCauses.Withdraw(before, effect, command, by, now),
            stop
        );
        return outcome is Outcome.Missing
            ? Answers.Problem(409, StatingCauses.Unknown.Code, StatingCauses.Unknown.Detail)
            : outcome.ToResult();
    }

    /// <summary>The timelines in which these entries stand, and what they name as causes beyond them; null where one does not stand.</summary>
    public static async Task<CausalGraph?> Graph(
        IReadOnlyList<Guid> ids,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var asked = await AnalysisReaderSchema.Find(sight, session, database, ids, stop);
        if (ids.Any(id => asked.All(one => one.Id != id)))
            return null;
        var all = asked.ToDictionary(one => one.Id);
        var alerts = new Dictionary<Guid, Guid>();
        foreach (var entry in asked)
            await Surround(entry, all, alerts, sight, session, database, now, stop);
        var people = await Stated([.. all.Values], session, stop);
        for (var round = 0; round < Rounds; round++)
        {
            var beyond = all
                .Values.SelectMany(one => one.Causes ?? [])
                .Concat(people.Select(edge => edge.Cause))
                .Where(id => !all.ContainsKey(id))
                .ToHashSet();
            foreach (var found in await AnalysisReaderSchema.Find(sight, session, database, beyond, stop))
                all.TryAdd(found.Id, found);
        }

        var entries = all.Values.ToList();
        await sight.Read(entries.Select(one => one.IncidentId).OfType<Guid>(), "causes", stop);
        // What leads to something hidden leads nowhere.
        people = [.. people.Where(edge => all.ContainsKey(edge.Cause))];
        var known = new Surroundings(await Needs(session, stop), people, alerts);
        return new CausalGraph(entries, CausalEdges.Of(entries, known));
    }

    private static async Task Surround(
        TimelineEntry entry,
        Dictionary<Guid, TimelineEntry> all,
        Dictionary<Guid, Guid> alerts,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (entry.IncidentId is { } id && await session.LoadAsync<IncidentView>(id, stop) is { } incident)
        {
            if (incident.AlertId is { } alert)
                alerts[incident.Id] = alert;
            foreach (
                var one in (await AnalysisEndpoint.Load(incident, null, sight, session, database, now, stop)).Entries
            )
                all.TryAdd(one.Id, one);
        }

        foreach (var service in entry.Services.Take(10))
        {
            var scope = new Scope(null, service, Shifted(entry.OccurredAt, -Around), Shifted(entry.OccurredAt, Around))
            {
                Hidden = await sight.Subjects(session, stop),
            };
            foreach (var one in await EntriesReaderSchema.OfIncident(database, scope, null, stop))
                all.TryAdd(one.Id, one);
        }
    }

    private static DateTimeOffset Shifted(DateTimeOffset at, TimeSpan by) =>
        at - DateTimeOffset.MinValue > by.Duration() && DateTimeOffset.MaxValue - at > by.Duration() ? at + by : at;

    private static async Task<Dictionary<string, IReadOnlySet<string>>> Needs(
        IQuerySession session,
        CancellationToken stop
    ) =>
        (await CatalogEndpoint.All(session, stop))
            .Where(one => one.Current.Kind == CatalogKind.Component)
            .ToDictionary(
                one => one.Current.Name,
                IReadOnlySet<string> (one) => (one.Current.Entry.DependsOn ?? []).Select(need => need.Name).ToHashSet()
            );

    private static IResult Unknown(params ReadOnlySpan<Guid> ids) =>
        Answers.Problem(
            404,
            "not-found",
            $"There is no entry '{string.Join("' or '", ids.ToArray())}' that stands. GET /v1/timeline gives entries with their ids."
        );
}
