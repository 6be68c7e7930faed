using Marten;
using MassTransit;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>
/// Announces again what was announced last of every component, for whoever was not there to hear it. It is the same message
/// under the same id and sequence, so whoever knows it already takes it as one that came twice.
/// </summary>
public sealed class CatalogAskedConsumer(IDocumentStore store) : IConsumer<CatalogAsked>
{
    public async Task Consume(ConsumeContext<CatalogAsked> context)
    {
        await using var session = store.QuerySession();
        var components = await session
            .Query<CatalogEntry>()
            .Where(one => one.Current.Kind == CatalogKind.Component)
            .Select(one => one.Id)
            .ToListAsync(context.CancellationToken);
        var told = await session
            .Events.QueryAllRawEvents()
            .Where(stored => stored.StreamId.IsOneOf(components.ToArray()))
            .ToListAsync(context.CancellationToken);
        foreach (var stored in told.GroupBy(one => one.StreamId).Select(one => one.MaxBy(stored => stored.Version)!))
        {
            if (Announcements.Announce(stored) is { } message)
                await context.Publish(
                    message,
                    message.GetType(),
                    again => EventHeaders.Tell(again, stored),
                    context.CancellationToken
                );
        }
    }
}
