using System.Globalization;
using Marten;
using MassTransit;
using Steady.Contracts.Incidents;
using Steady.Experiments.Prediction;
using Steady.Kernel;

namespace Steady.Experiments.Exchange;

/// <summary>Hears what services need, for the topology of each environment in which they are.</summary>
public sealed class CatalogConsumer(IDocumentStore store)
    : IConsumer<CatalogServiceSet>,
        IConsumer<CatalogServiceRemoved>
{
    public Task Consume(ConsumeContext<CatalogServiceSet> context) =>
        Keep(context, context.Message.Service, context.Message.DependsOn, isRemoved: false);

    public Task Consume(ConsumeContext<CatalogServiceRemoved> context) =>
        Keep(context, context.Message.Service, [], isRemoved: true);

    private async Task Keep(
        ConsumeContext context,
        string service,
        IReadOnlyList<CatalogDependency> dependsOn,
        bool isRemoved
    )
    {
        var position = context.Headers.Get<string>(EventHeaders.Sequence);
        var sequence = long.TryParse(position, CultureInfo.InvariantCulture, out var read) ? read : 0;
        await using var session = store.LightweightSession();
        if (
            await session.LoadAsync<CatalogService>(service, context.CancellationToken) is { } known
            && known.Sequence >= sequence
        )
            return;
        session.Store(new CatalogService(service, dependsOn, isRemoved, sequence));
        await session.SaveChangesAsync(context.CancellationToken);
    }
}
