using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Steady.Kernel;

/// <summary>One announced event as a live view receives it.</summary>
/// <param name="Id">The event.</param>
/// <param name="Type">The name of its exchange, for example <c>budgets.burn-alert-opened</c>.</param>
/// <param name="Data">The contract event.</param>
/// <param name="TraceParent">Trace context of the request that caused it.</param>
public sealed record FeedItem(Guid Id, string Type, object Data, string? TraceParent);

/// <summary>
/// What a service announces, as server-sent events in the order of its store. The event id is the store's sequence, so a
/// reader that comes back with <c>Last-Event-ID</c> misses nothing.
/// </summary>
public static class Feed
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Maps <c>GET /feed</c>. Without <c>Last-Event-ID</c> it starts now.</summary>
    /// <param name="routes">The service's group.</param>
    public static RouteHandlerBuilder MapFeed(this IEndpointRouteBuilder routes) => routes.MapGet("/feed", Handle);

    private static IResult Handle(
        HttpRequest request,
        IDocumentStore store,
        NpgsqlDataSource database,
        Announce announce,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var last = long.TryParse(request.Headers["Last-Event-ID"], out var seen) ? seen : (long?)null;
        return TypedResults.ServerSentEvents(Read(store, database, announce, clock, last, stop));
    }

    // Only what the publisher has passed is shown: behind it no earlier event can appear any more.
    private static async IAsyncEnumerable<SseItem<FeedItem?>> Read(
        IDocumentStore store,
        NpgsqlDataSource database,
        Announce announce,
        TimeProvider clock,
        long? last,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var position = last ?? await Published(store, database, stop);
        yield return new SseItem<FeedItem?>(null, "hello") { EventId = $"{position}" };
        while (!stop.IsCancellationRequested)
        {
            var until = await Published(store, database, stop);
            if (until > position)
            {
                await using var session = store.QuerySession();
                var page = await session
                    .Events.QueryAllRawEvents()
                    .Where(stored => stored.Sequence > position && stored.Sequence <= until)
                    .OrderBy(stored => stored.Sequence)
                    .Take(200)
                    .ToListAsync(stop);
                foreach (var stored in page)
                {
                    if (announce(stored) is { } message)
                        yield return Item(stored, message);
                }

                position = page.Count > 0 ? page[^1].Sequence : until;
                continue;
            }

            await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static SseItem<FeedItem?> Item(IEvent stored, object message)
    {
        var type = Bus.ExchangeOf(message.GetType());
        var trace = stored.GetHeader(EventHeaders.TraceParent)?.ToString();
        return new SseItem<FeedItem?>(new FeedItem(stored.Id, type, message, trace), "event")
        {
            EventId = $"{stored.Sequence}",
        };
    }

    private static async Task<long> Published(IDocumentStore store, NpgsqlDataSource database, CancellationToken stop)
    {
        var schema = store.Options.Events.DatabaseSchemaName;
        await using var command = database.CreateCommand(
            $"select last_seq_id from {schema}.mt_event_progression where name like '{Publisher.Shard}:%' limit 1"
        );
        return await command.ExecuteScalarAsync(stop) is long position ? position : 0;
    }
}
