using System.Diagnostics;
using System.Globalization;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using Marten.Subscriptions;
using MassTransit;

namespace Steady.Kernel;

/// <summary>Says what a stored event means to others: a contract event, or null for what stays private. Pure.</summary>
/// <param name="stored">The stored event.</param>
public delegate object? Announce(IEvent stored);

/// <summary>
/// The event store is the outbox: reads committed events in order and publishes what is announced, with message id =
/// event id, under the trace of the request that caused it. Progress is kept only after every broker confirm, so a
/// message may come twice and none is lost.
/// </summary>
internal sealed class Publisher : SubscriptionBase, IChangeListener
{
    internal const string Shard = "publisher";
    internal const string Source = "Steady.Publisher";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ActivitySource Activities = new(Source);
    private readonly IBus bus;
    private readonly Announce announce;
    private readonly Privacy privacy;
    private readonly Topology topology;
    private TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Publisher(IBus bus, Announce announce, Privacy privacy, Topology topology)
    {
        (this.bus, this.announce, this.privacy, this.topology) = (bus, announce, privacy, topology);
        Name = Shard;
        Options.BatchSize = 200;
        Options.SubscribeFromSequence(0);
    }

    /// <summary>Ends when this process has published something more; another one may be the one that does.</summary>
    public Task Passed => passed.Task;

    public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) =>
        Task.CompletedTask;

    public Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        Interlocked.Exchange(ref passed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Task.CompletedTask;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        CancellationToken cancellationToken
    )
    {
        await topology.Declared(cancellationToken);
        var secret = await privacy.Load(operations, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // One stream's events go out in order; different streams need not wait for each other.
            await Task.WhenAll(
                page.Events.GroupBy(stored => stored.StreamId)
                    .Select(stream => PublishStream(stream, secret.ContainsKey(stream.Key), controller, patience.Token))
            );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The daemon takes every cancellation as its own stop: it would neither go on nor try these events again.
            throw new TimeoutException("The broker went away or did not confirm in time.", e);
        }

        return this;
    }

    private async Task PublishStream(
        IEnumerable<IEvent> stream,
        bool isPrivate,
        ISubscriptionController controller,
        CancellationToken stop
    )
    {
        foreach (var stored in stream)
        {
            object? message;
            try
            {
                message = announce(stored);
                if (isPrivate && message is not null)
                    message = privacy.Veil(message);
            }
            catch (Exception e)
            {
                // An event that cannot be mapped must not stop the line; it waits among the dead letters with its error.
                await controller.RecordDeadLetterEventAsync(stored, e);
                continue;
            }

            if (message is not null)
                await Publish(stored, message, stop);
        }
    }

    private async Task Publish(IEvent stored, object message, CancellationToken stop)
    {
        ActivityContext.TryParse(
            stored.GetHeader(EventHeaders.TraceParent)?.ToString(),
            traceState: null,
            isRemote: true,
            out var cause
        );
        using var activity = Activities.StartActivity(
            $"announce {message.GetType().Name}",
            ActivityKind.Internal,
            cause
        );
        await bus.Publish(
            message,
            message.GetType(),
            context =>
            {
                EventHeaders.Tell(context, stored);
                if (activity is not null)
                    context.Headers.Set(EventHeaders.TraceParent, activity.Id);
                if (context is RabbitMqSendContext rabbit)
                    rabbit.Mandatory = topology.IsWanted(message.GetType());
            },
            stop
        );
    }
}

/// <summary>Names of the headers that travel with events and messages.</summary>
public static class EventHeaders
{
    /// <summary>Who did it.</summary>
    public const string Actor = "actor";

    /// <summary>W3C trace context of the request that caused it.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>When the publishing service's store recorded it, ISO 8601 in UTC.</summary>
    public const string RecordedAt = "recorded-at";

    /// <summary>Its position in the publishing service's store.</summary>
    public const string Sequence = "sequence";

    /// <summary>Makes a message that of a stored event: whoever hears it twice can tell.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stored">The event.</param>
    public static void Tell(SendContext message, IEvent stored)
    {
        (message.MessageId, message.CorrelationId) = (stored.Id, stored.StreamId);
        message.Headers.Set(Actor, stored.GetHeader(Actor)?.ToString());
        message.Headers.Set(TraceParent, stored.GetHeader(TraceParent)?.ToString());
        message.Headers.Set(RecordedAt, stored.Timestamp.ToUniversalTime().ToString("O"));
        message.Headers.Set(Sequence, stored.Sequence.ToString(CultureInfo.InvariantCulture));
    }
}
