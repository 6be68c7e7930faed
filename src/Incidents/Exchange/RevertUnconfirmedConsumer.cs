using Marten;
using MassTransit;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>A fault that may still be in place declares an incident.</summary>
public sealed class RevertUnconfirmedConsumer(
    Streams streams,
    IQuerySession session,
    NpgsqlDataSource database,
    TimeProvider clock
) : IConsumer<RevertUnconfirmed>
{
    public async Task Consume(ConsumeContext<RevertUnconfirmed> context)
    {
        var now = clock.GetUtcNow();
        var number = await IncidentNumbersSchema.Next(database, context.CancellationToken);
        var promises = await SeveritiesEndpoint.Promises(session, context.CancellationToken);
        await streams.Start<Incident>(
            NewStream.Of(DeclaringFromRevert.IncidentOf(context.Message.RunId)),
            DeclaringFromRevert.By,
            DeclaringFromRevert.Decide(context.Message, number, now, promises),
            context.CancellationToken,
            new Receipt($"{Subscriptions.Response}:{context.MessageId}", now)
        );
    }
}
