using System.Globalization;
using Marten;
using MassTransit;
using Steady.Budgets.Objectives;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Budgets.Exchange;

/// <summary>Hears which services there are, and whose they are.</summary>
public sealed class CatalogConsumer(IDocumentStore store)
    : IConsumer<CatalogServiceSet>,
        IConsumer<CatalogServiceRemoved>
{
    public Task Consume(ConsumeContext<CatalogServiceSet> context) =>
        Keep(context, context.Message.Service, context.Message.Owner, isRemoved: false);

    public Task Consume(ConsumeContext<CatalogServiceRemoved> context) =>
        Keep(context, context.Message.Service, owner: null, isRemoved: true);

    private async Task Keep(ConsumeContext context, string service, string? owner, bool isRemoved)
    {
        var position = context.Headers.Get<string>(EventHeaders.Sequence);
        var sequence = long.TryParse(position, CultureInfo.InvariantCulture, out var read) ? read : 0;
        await using var session = store.LightweightSession();
        if (
            await session.LoadAsync<CatalogService>(service, context.CancellationToken) is { } known
            && known.Sequence >= sequence
        )
            return;
        session.Store(new CatalogService(service, owner, isRemoved, sequence));
        await session.SaveChangesAsync(context.CancellationToken);
    }
}
