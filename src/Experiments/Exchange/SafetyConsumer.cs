using Marten;
using MassTransit;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Levers;
using Steady.Kernel;

namespace Steady.Experiments.Exchange;

/// <summary>Something real is going on, which a drill is not: every run that may hurt that service ends now.</summary>
public sealed class SafetyConsumer(
    IDocumentStore store,
    Streams streams,
    RunWorker worker,
    LeverWorker levers,
    LeverRule rule,
    TimeProvider clock
)
    : IConsumer<IncidentDeclared>,
        IConsumer<IncidentReopened>,
        IConsumer<IncidentSeverityChanged>,
        IConsumer<BurnAlertOpened>,
        IConsumer<BurnAlertEscalated>
{
    public async Task Consume(ConsumeContext<IncidentDeclared> context)
    {
        var incident = context.Message;
        var reason = incident.Private
            ? $"An incident was declared on {incident.Service}."
            : $"INC-{incident.Number} was declared on {incident.Service}: {incident.Title}";
        if (!incident.Drill)
            await Hurts(context, incident.Service, incident.Severity, reason);
    }

    public async Task Consume(ConsumeContext<IncidentReopened> context)
    {
        var incident = context.Message;
        var reason = incident.Private
            ? $"An incident on {incident.Service} goes on."
            : $"INC-{incident.Number} on {incident.Service} goes on: {incident.Reason}";
        if (!incident.Drill)
            await Hurts(context, incident.Service, incident.Severity, reason);
    }

    public Task Consume(ConsumeContext<IncidentSeverityChanged> context)
    {
        var change = context.Message;
        if (change.Drill)
            return Task.CompletedTask;
        var reason = $"The incident on {change.Service} is now {change.Severity.ToString().ToUpperInvariant()}.";
        return Pull(change.Severity, reason, context.CancellationToken);
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

    private async Task Hurts(ConsumeContext context, string service, Severity severity, string reason)
    {
        await Halt(context, service, new Cause(reason, "rule:incident"));
        await Pull(severity, reason, context.CancellationToken);
    }

    // Pulling a lever twice changes nothing, so a message that comes twice does no harm.
    private async Task Pull(Severity severity, string reason, CancellationToken stop)
    {
        foreach (var environment in rule.EngagedBy(severity))
            await levers.Engage(environment, reason, LeverRule.By, stop);
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
