using MassTransit;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>An alert whose route says so declares an incident, or joins the open one of its service.</summary>
public sealed class AlertFiredConsumer(OpenIncidents incidents, TimeProvider clock, ILogger<AlertFiredConsumer> log)
    : IConsumer<AlertFired>
{
    public async Task Consume(ConsumeContext<AlertFired> context)
    {
        var now = clock.GetUtcNow();
        if (DeclaringFromAlert.CauseOf(context.Message, now) is not { } cause)
            return;
        var receipt = new Receipt($"{Subscriptions.Intake}:{context.MessageId}", now);
        if (await incidents.Take(cause, receipt, context.CancellationToken) is not { } outcome)
            return;
        log.LogInformation("Alert {AlertId} on {Service}: {Outcome}", cause.AlertId, cause.Service, outcome);
    }
}
