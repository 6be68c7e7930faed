using Marten;
using MassTransit;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Budgets.Exchange;

/// <summary>Hears that an incident or a run is over, and puts what was spent in its interval down to it.</summary>
public sealed class AttributionConsumer(
    IDocumentStore store,
    BudgetReader reader,
    Streams streams,
    TimeProvider clock,
    ILogger<AttributionConsumer> log
) : IConsumer<IncidentResolved>, IConsumer<RunHalted>, IConsumer<RunConcluded>, IConsumer<RevertUnconfirmed>
{
    private static readonly Actor Rule = new("rule:attribution");

    // Nobody suffered in a drill, whatever failed meanwhile.
    public Task Consume(ConsumeContext<IncidentResolved> context) =>
        context.Message is { Drill: false } incident
            ? Attribute(
                context,
                incident.Services ?? [incident.Service],
                new(CauseKind.Incident, incident.IncidentId, incident.Title, incident.StartedAt, incident.At)
            )
            : Task.CompletedTask;

    public Task Consume(ConsumeContext<RunHalted> context) =>
        Attribute(
            context,
            context.Message.Services,
            Run(context.Message.RunId, context.Message.Experiment, context.Message.StartedAt, context.Message.At)
        );

    public Task Consume(ConsumeContext<RunConcluded> context) =>
        Attribute(
            context,
            context.Message.Services,
            Run(context.Message.RunId, context.Message.Experiment, context.Message.StartedAt, context.Message.At)
        );

    public Task Consume(ConsumeContext<RevertUnconfirmed> context) =>
        Attribute(
            context,
            context.Message.Services,
            Run(context.Message.RunId, context.Message.Experiment, context.Message.StartedAt, context.Message.At)
        );

    private static Cause Run(Guid id, string experiment, DateTimeOffset from, DateTimeOffset to) =>
        new(CauseKind.Run, id, experiment, from, to);

    private async Task Attribute(ConsumeContext context, IReadOnlyList<string> services, Cause cause)
    {
        var stop = context.CancellationToken;
        await using var session = store.QuerySession();
        var wanted = services.ToArray();
        var budgets = await session.Query<Budget>().Where(budget => wanted.Contains(budget.Service)).ToListAsync(stop);
        foreach (var budget in budgets)
        {
            var now = clock.Moment();
            var failed = await reader.Failed(budget with { Causes = [.. budget.Causes, cause] }, now, stop);
            var whole = (await reader.Read(budget, now, stop)).Whole(budget.Terms);
            // One receipt per budget: each budget is a transaction of its own.
            var receipt = context.MessageId is { } message
                ? new Receipt($"{Subscriptions.Attribution}:{message}:{budget.Id}", now)
                : null;
            var outcome = await streams.Decide<Budget>(
                budget.Id,
                ExpectedVersion.Any,
                Rule,
                current => Attributing.Decide(current, cause, failed, whole, now),
                stop,
                receipt
            );
            log.LogInformation(
                "Spend of {Objective} put down to {Cause}: {Outcome}",
                budget.Name,
                cause.Label,
                outcome
            );
        }
    }
}
