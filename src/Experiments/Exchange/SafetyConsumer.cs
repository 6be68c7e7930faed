using Marten;
using MassTransit;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Experiments.Runs;
using Steady.Kernel;

namespace Steady.Experiments.Exchange;

/// <summary>Something real is going on: every run that may hurt that service ends now.</summary>
public sealed class SafetyConsumer(IDocumentStore store, Streams streams, RunWorker worker, TimeProvider clock)
    : IConsumer<IncidentDeclared>,
        IConsumer<BurnAlertOpened>,
        IConsumer<BurnAlertEscalated>
{
    public Task Consume(ConsumeContext<IncidentDeclared> context)
    {
        var incident = context.Message;
        var cause = new Cause(
            $"INC-{incident.Number} was declared on {incident.Service}: {incident.Title}",
            "rule:incident"
        );
        return Halt(context, incident.Service, cause);
    }

    public Task Consume(ConsumeContext<BurnAlertOpened> context) => Take(context, context.Message);

    public Task Consume(ConsumeContext<BurnAlertEscalated> context) => Take(context, context.Message.AsOpened());

    private Task Take(ConsumeContext context, BurnAlertOpened alert)
    {
        if (alert.Severity != BurnSeverity.Page)
            return Task.CompletedTask;
        var cause = new Cause(
            $"A page-level burn alert opened on {alert.Service} ({alert.Objective}).",
            "rule:burn-alert"
        );
        return Halt(context, alert.Service, cause);
    }

    private async Task Halt(ConsumeContext context, string service, Cause cause)
    {
        var stop = context.CancellationToken;
        foreach (var run in await RunPageEndpoint.FindActive(store, stop))
        {
            if (run.Over || !run.Reaches(service))
                continue;
            worker.Halt(run.Id, cause);
            var now = clock.GetUtcNow();
            await streams.Decide<Run>(
                run.Id,
                ExpectedVersion.Any,
                new Actor(cause.By),
                state => Halting.Decide(state, cause, now),
                stop,
                new Receipt($"{Subscriptions.Safety}:{context.MessageId}:{run.Id}", now)
            );
        }
    }
}
