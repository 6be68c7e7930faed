using MassTransit;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>A page-level burn alert declares an incident, or joins the open one of its service; so does a ticket that became a page.</summary>
public sealed class BurnAlertOpenedConsumer(
    OpenIncidents incidents,
    TimeProvider clock,
    ILogger<BurnAlertOpenedConsumer> log
) : IConsumer<BurnAlertOpened>, IConsumer<BurnAlertEscalated>
{
    public Task Consume(ConsumeContext<BurnAlertOpened> context) => Take(context, context.Message);

    public Task Consume(ConsumeContext<BurnAlertEscalated> context) => Take(context, context.Message.AsOpened());

    private async Task Take(ConsumeContext context, BurnAlertOpened alert)
    {
        if (DeclaringFromAlert.CauseOf(alert) is not { } cause)
            return;
        var receipt = new Receipt($"{Subscriptions.Response}:{context.MessageId}", clock.GetUtcNow());
        var outcome = await incidents.Take(cause, receipt, context.CancellationToken);
        log.LogInformation("Alert {AlertId} on {Service}: {Outcome}", alert.AlertId, alert.Service, outcome);
    }
}
