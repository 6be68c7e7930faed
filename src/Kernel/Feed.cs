using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
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
/// <param name="SeenBy">Who may know of it, for whoever passes it on to them; null when everybody may.</param>
public sealed record FeedItem(
    Guid Id,
    string Type,
    object Data,
    string? TraceParent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyCollection<string>? SeenBy = null
);

/// <summary>
/// What a service announces, as server-sent events in the order of its store. The event id is the store's sequence, so a
/// reader that comes back with <c>Last-Event-ID</c> misses nothing.
/// </summary>
public static class Feed
{
    // How long it waits for what another process publishes.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Maps <c>GET /feed</c>. Without <c>Last-Event-ID</c> it starts now.</summary>
    /// <param name="routes">The service's group.</param>
    public static RouteHandlerBuilder MapFeed(this IEndpointRouteBuilder routes) => routes.MapGet("/feed", Handle);

    private static IResult Handle([AsParameters] Teller teller, CancellationToken stop) =>
        TypedResults.ServerSentEvents(teller.Read(stop));

    // What one listener is told.
    private sealed record Teller(
        HttpContext Http,
        IDocumentStore Store,
        NpgsqlDataSource Database,
        Announce Announce,
        Privacy Privacy,
        Publisher Publisher,
        TimeProvider Clock
    )
    {
        // Only what the publisher has passed is shown: behind it no earlier event can appear any more.
        public async IAsyncEnumerable<SseItem<FeedItem?>> Read([EnumeratorCancellation] CancellationToken stop)
        {
            var last = Http.Request.Headers["Last-Event-ID"];
            var position = long.TryParse(last, out var seen) ? seen : await Published(stop);
            yield return new SseItem<FeedItem?>(null, "hello") { EventId = $"{position}" };
            while (!stop.IsCancellationRequested)
            {
                var more = Publisher.Passed;
                var until = await Published(stop);
                if (until > position)
                {
                    await using var session = Store.QuerySession();
                    var page = await session
                        .Events.QueryAllRawEvents()
                        .Where(stored => stored.Sequence > position && stored.Sequence <= until)
                        .OrderBy(stored => stored.Sequence)
                        .Take(200)
                        .ToListAsync(stop);
                    foreach (var item in await Tell(session, page, stop))
                        yield return item;
                    position = page.Count > 0 ? page[^1].Sequence : until;
                    continue;
                }

                await more.WaitAsync(Pause, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task<long> Published(CancellationToken stop)
        {
            var schema = Store.Options.Events.DatabaseSchemaName;
            await using var command = Database.CreateCommand(
                $"select last_seq_id from {schema}.mt_event_progression where name like '{Publisher.Shard}:%' limit 1"
            );
            return await command.ExecuteScalarAsync(stop) is long position ? position : 0;
        }

        // Who may know is asked anew for each page: it may have become private since.
        private async Task<IReadOnlyList<SseItem<FeedItem?>>> Tell(
            IQuerySession session,
            IReadOnlyList<IEvent> page,
            CancellationToken stop
        )
        {
            var secret = await Privacy.Load(session, stop);
            var (items, read) = (new List<SseItem<FeedItem?>>(), new HashSet<Guid>());
            foreach (var stored in page)
            {
                if (Announce(stored) is not { } message)
                    continue;
                if (!secret.TryGetValue(stored.StreamId, out var people))
                    items.Add(Item(stored, message, null));
                else if (Privacy.Sees(Http.User, people))
                {
                    read.Add(stored.StreamId);
                    items.Add(Item(stored, message, null));
                }
                else if (Privacy.Relays(Http.User))
                    items.Add(Item(stored, Privacy.Veil(message), people));
            }

            if (read.Count > 0)
                await Privacy.Read(Http.User, read, stop);
            return items;
        }

        private static SseItem<FeedItem?> Item(IEvent stored, object message, IReadOnlyCollection<string>? seenBy)
        {
            var type = Bus.ExchangeOf(message.GetType());
            var trace = stored.GetHeader(EventHeaders.TraceParent)?.ToString();
            return new SseItem<FeedItem?>(new FeedItem(stored.Id, type, message, trace, seenBy), "event")
            {
                EventId = $"{stored.Sequence}",
            };
        }
    }
}
