using Marten;
using MassTransit;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>A page-level burn alert declares an incident, or joins the open one of its service; so does a ticket that became a page.</summary>
public sealed class BurnAlertOpenedConsumer(
    Streams streams,
    IQuerySession session,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<BurnAlertOpenedConsumer> log
) : IConsumer<BurnAlertOpened>, IConsumer<BurnAlertEscalated>
{
    public Task Consume(ConsumeContext<BurnAlertOpened> context) => Take(context, context.Message);

    public Task Consume(ConsumeContext<BurnAlertEscalated> context) => Take(context, context.Message.AsOpened());

    private async Task Take(ConsumeContext context, BurnAlertOpened alert)
    {
        var stop = context.CancellationToken;
        if (!DeclaringFromAlert.Pages(alert))
            return;
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var turn = await connection.BeginTransactionAsync(stop);
        await Turn(connection, alert.Service, stop);
        if (await session.LoadAsync<IncidentView>(DeclaringFromAlert.IncidentOf(alert.AlertId), stop) is not null)
            return;

        var receipt = new Receipt($"{Subscriptions.Response}:{context.MessageId}", clock.GetUtcNow());
        var outcome = await Open(alert.Service, stop) is { } open
            ? await Attach(open, alert, receipt, stop)
            : await Declare(alert, receipt, stop);
        // The open incident was resolved in between.
        if (outcome is Outcome.Refused)
            outcome = await Declare(alert, receipt, stop);
        log.LogInformation("Alert {AlertId} on {Service}: {Outcome}", alert.AlertId, alert.Service, outcome);
    }

    private Task<Outcome> Attach(Guid open, BurnAlertOpened alert, Receipt receipt, CancellationToken stop) =>
        streams.Decide<Incident>(
            open,
            ExpectedVersion.Any,
            DeclaringFromAlert.By,
            incident => DeclaringFromAlert.Decide(alert, incident, number: 0, receipt.At),
            stop,
            receipt
        );

    private async Task<Outcome> Declare(BurnAlertOpened alert, Receipt receipt, CancellationToken stop) =>
        await streams.Start<Incident>(
            NewStream.Of(DeclaringFromAlert.IncidentOf(alert.AlertId)),
            DeclaringFromAlert.By,
            DeclaringFromAlert.Decide(alert, open: null, await IncidentNumbersSchema.Next(database, stop), receipt.At),
            stop,
            receipt
        );

    private async Task<Guid?> Open(string service, CancellationToken stop) =>
        (
            await session
                .Query<IncidentView>()
                .Where(i => i.Service == service && i.Status != IncidentStatus.Resolved)
                .OrderBy(i => i.Number)
                .FirstOrDefaultAsync(stop)
        )?.Id;

    // Two alerts of one service take turns, on whichever node they arrive, or each would declare its own incident. The
    // turn ends with the transaction.
    private static async Task Turn(NpgsqlConnection connection, string service, CancellationToken stop)
    {
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 7))", connection);
        wait.Parameters.Add(new() { Value = service });
        await wait.ExecuteNonQueryAsync(stop);
    }
}
