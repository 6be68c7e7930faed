using Marten;
using MassTransit;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;

namespace Steady.Incidents.Exchange;

/// <summary>Remembers how fast services burn, for the conditions of escalations. Messages may come twice and in any order.</summary>
public sealed class BurnConsumer(IDocumentStore store)
    : IConsumer<BurnAlertOpened>,
        IConsumer<BurnAlertEscalated>,
        IConsumer<BurnAlertClosed>
{
    public Task Consume(ConsumeContext<BurnAlertOpened> context) =>
        Burns(
            context.Message.AlertId,
            context.Message.Service,
            context.Message.Factor,
            isOpen: true,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<BurnAlertEscalated> context) =>
        Burns(
            context.Message.AlertId,
            context.Message.Service,
            context.Message.Factor,
            isOpen: true,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<BurnAlertClosed> context) =>
        Burns(context.Message.AlertId, context.Message.Service, factor: 0, isOpen: false, context.CancellationToken);

    private async Task Burns(Guid alert, string service, decimal factor, bool isOpen, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        var known = await session.LoadAsync<OpenBurn>(alert, stop);
        session.Store(OpenBurn.Heard(known, new OpenBurn(alert, service, factor, isOpen)));
        await session.SaveChangesAsync(stop);
        if (!isOpen)
            return;
        // A step may wait for this. An incident that is declared from now on finds the burn; those that are there look again.
        var open = await session
            .Query<IncidentView>()
            .Where(one => one.Service == service)
            .Where(Standing.IsOpen)
            .ToListAsync(stop);
        foreach (var one in open)
            EscalationDueProjection.Wake(session, one.Id);
        await session.SaveChangesAsync(stop);
    }
}
