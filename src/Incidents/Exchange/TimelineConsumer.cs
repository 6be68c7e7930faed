using MassTransit;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>
/// Copies what others announce into the timeline. An entry is a stream under the message's id, so a message that comes
/// twice finds its entry and adds nothing; no receipt is needed.
/// </summary>
public sealed class TimelineConsumer(Streams streams)
    : IConsumer<BurnAlertOpened>,
        IConsumer<BurnAlertEscalated>,
        IConsumer<BurnAlertClosed>,
        IConsumer<BudgetExhausted>,
        IConsumer<BudgetRestored>,
        IConsumer<GateDecided>,
        IConsumer<SpendAttributed>,
        IConsumer<GateOverridden>,
        IConsumer<AdjustmentApproved>,
        IConsumer<AdjustmentRevoked>,
        IConsumer<DeployRecorded>,
        IConsumer<PolicyChanged>,
        IConsumer<DataGapOpened>,
        IConsumer<DataGapClosed>,
        IConsumer<RunRefused>,
        IConsumer<RunStarted>,
        IConsumer<FaultInjected>,
        IConsumer<FaultReverted>,
        IConsumer<RungJudged>,
        IConsumer<RunHalted>,
        IConsumer<RunConcluded>,
        IConsumer<RevertUnconfirmed>
{
    public Task Consume(ConsumeContext<BurnAlertOpened> context) => Record(context);

    public Task Consume(ConsumeContext<BurnAlertEscalated> context) => Record(context);

    public Task Consume(ConsumeContext<BurnAlertClosed> context) => Record(context);

    public Task Consume(ConsumeContext<BudgetExhausted> context) => Record(context);

    public Task Consume(ConsumeContext<BudgetRestored> context) => Record(context);

    public Task Consume(ConsumeContext<GateDecided> context) => Record(context);

    public Task Consume(ConsumeContext<SpendAttributed> context) => Record(context);

    public Task Consume(ConsumeContext<GateOverridden> context) => Record(context);

    public Task Consume(ConsumeContext<AdjustmentApproved> context) => Record(context);

    public Task Consume(ConsumeContext<AdjustmentRevoked> context) => Record(context);

    public Task Consume(ConsumeContext<DeployRecorded> context) => Record(context);

    public Task Consume(ConsumeContext<PolicyChanged> context) => Record(context);

    public Task Consume(ConsumeContext<DataGapOpened> context) => Record(context);

    public Task Consume(ConsumeContext<DataGapClosed> context) => Record(context);

    public Task Consume(ConsumeContext<RunRefused> context) => Record(context);

    public Task Consume(ConsumeContext<RunStarted> context) => Record(context);

    public Task Consume(ConsumeContext<FaultInjected> context) => Record(context);

    public Task Consume(ConsumeContext<FaultReverted> context) => Record(context);

    public Task Consume(ConsumeContext<RungJudged> context) => Record(context);

    public Task Consume(ConsumeContext<RunHalted> context) => Record(context);

    public Task Consume(ConsumeContext<RunConcluded> context) => Record(context);

    public Task Consume(ConsumeContext<RevertUnconfirmed> context) => Record(context);

    private Task Record<T>(ConsumeContext<T> context)
        where T : class
    {
        var actor = context.Headers.Get<string>(EventHeaders.Actor);
        var trace = context.Headers.Get<string>(EventHeaders.TraceParent);
        var decision = Recording.Decide(context.Message, actor, trace);
        // What touches nobody stands on no timeline, and there is no stream without an event.
        if (decision.Events.Count == 0)
            return Task.CompletedTask;
        return streams.Start<Entry>(
            NewStream.Of(context.MessageId ?? throw new InvalidOperationException("The message has no id.")),
            new Actor(actor ?? "timeline"),
            decision,
            context.CancellationToken
        );
    }
}
