using MassTransit;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Incidents.FollowUps;
using Steady.Kernel;

namespace Steady.Incidents.Exchange;

/// <summary>What a finding of an experiment asks for stands among the follow-ups.</summary>
public sealed class ActionItemLinkedConsumer(Streams streams, TimeProvider clock) : IConsumer<ActionItemLinked>
{
    public async Task Consume(ConsumeContext<ActionItemLinked> context) =>
        await streams.Start<FollowUp>(
            NewStream.Of(FollowingUp.IdOf(context.Message)),
            new Actor(context.Message.By),
            FollowingUp.Decide(context.Message),
            context.CancellationToken,
            new Receipt($"{Subscriptions.Response}:{context.MessageId}", clock.GetUtcNow())
        );
}
