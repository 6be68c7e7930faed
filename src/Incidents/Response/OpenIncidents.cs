using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Gives an alert its incident: the open one of its service, or a new one.</summary>
public sealed class OpenIncidents(Streams streams, IQuerySession session, NpgsqlDataSource database)
{
    /// <returns>What became of it; null when it has its incident already, or its like has.</returns>
    public async Task<Outcome?> Take(Cause cause, Receipt receipt, CancellationToken stop)
    {
        // A storm is thousands of alerts of which one is news: the others need no turn.
        if (await Open(cause, receipt.At, stop) is { } stormed && await IsKnown(stormed, cause, stop))
            return null;
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var turn = await connection.BeginTransactionAsync(stop);
        await Turn(connection, cause.Service, stop);
        if (await session.LoadAsync<IncidentView>(DeclaringFromAlert.IncidentOf(cause.AlertId), stop) is not null)
            return null;

        var outcome = await Open(cause, receipt.At, stop) is { } open
            ? await Attach(open, cause, receipt, stop)
            : await Declare(cause, receipt, stop);
        // The open incident was resolved in between.
        return outcome is Outcome.Refused ? await Declare(cause, receipt, stop) : outcome;
    }

    private async Task<Outcome> Attach(Guid open, Cause cause, Receipt receipt, CancellationToken stop)
    {
        var promises = await SeveritiesEndpoint.Promises(session, stop);
        return await streams.Decide<Incident>(
            open,
            ExpectedVersion.Any,
            cause.By,
            incident => DeclaringFromAlert.Decide(cause, incident, number: 0, receipt.At, promises),
            stop,
            receipt
        );
    }

    private async Task<Outcome> Declare(Cause cause, Receipt receipt, CancellationToken stop) =>
        await streams.Start<Incident>(
            NewStream.Of(DeclaringFromAlert.IncidentOf(cause.AlertId)),
            cause.By,
            DeclaringFromAlert.Decide(
                cause,
                open: null,
                await IncidentNumbersSchema.Next(database, stop),
                receipt.At,
                await SeveritiesEndpoint.Promises(session, stop)
            ),
            stop,
            receipt
        );

    private Task<Guid?> Open(Cause cause, DateTimeOffset now, CancellationToken stop) =>
        Open(session, cause.Service, cause.GroupedBy, cause.WindowMinutes, now, stop);

    /// <summary>
    /// The open incident of a service: its own, or the one that its own is part of now. A drill takes no alert, and a private one neither:
    /// what hurts must not go under in what hardly anybody sees. An alert that is grouped by labels joins the incident of these, or one that
    /// is of the service as a whole, as people declare it; and none that was declared longer ago than its window.
    /// </summary>
    public static async Task<Guid?> Open(
        IQuerySession session,
        string service,
        string? groupedBy,
        int? windowMinutes,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var since = windowMinutes is { } window ? now.AddMinutes(-window) : DateTimeOffset.UnixEpoch;
        var open = await session
            .Query<IncidentView>()
            .Where(i => i.Service == service && !i.Private)
            .Where(Standing.IsOpen)
            .OrderBy(i => i.Number)
            .ToListAsync(stop);
        var joined = open.Where(i => !i.Drill && i.DeclaredAt >= since).Where(Takes).ToList();
        return (joined.FirstOrDefault(i => i.GroupedBy == groupedBy) ?? joined.FirstOrDefault())?.Id
            ?? await Survivor(session, service, groupedBy, since, stop);

        bool Takes(IncidentView one) => groupedBy is null || one.GroupedBy is null || one.GroupedBy == groupedBy;
    }

    private static async Task<Guid?> Survivor(
        IQuerySession session,
        string service,
        string? groupedBy,
        DateTimeOffset since,
        CancellationToken stop
    )
    {
        IQueryable<IncidentView> merged = session
            .Query<IncidentView>()
            .Where(i => i.Service == service && i.Status == IncidentStatus.Merged && i.DeclaredAt >= since);
        if (groupedBy is not null)
            merged = merged.Where(i => i.GroupedBy == null || i.GroupedBy == groupedBy);
        var one = await merged.OrderByDescending(i => i.Number).FirstOrDefaultAsync(stop);
        while (one is { MergedInto: { } into })
            one = await session.LoadAsync<IncidentView>(into, stop);
        return one is { Drill: false, Private: false } && !one.Status.IsOver() ? one.Id : null;
    }

    private async Task<bool> IsKnown(Guid open, Cause cause, CancellationToken stop) =>
        await session.Events.AggregateStreamAsync<Incident>(open, token: stop) is { } incident
        && DeclaringFromAlert.Knows(incident, cause);

    // Two alerts of one service take turns, on whichever node they arrive, or each would declare its own incident. The
    // turn ends with the transaction.
    private static async Task Turn(NpgsqlConnection connection, string service, CancellationToken stop)
    {
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 7))", connection);
        wait.Parameters.Add(new() { Value = service });
        await wait.ExecuteNonQueryAsync(stop);
    }
}
