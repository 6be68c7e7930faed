using System.Collections.Concurrent;
using Steady.Shop.Counts;

namespace Steady.Shop;

/// <summary>An order and its amount, as a customer sends it to checkout and checkout to the ledger.</summary>
public sealed record Order(Guid OrderId, long AmountCents);

/// <summary>A booked order.</summary>
public sealed record Entry(Guid OrderId, long AmountCents, long Number);

/// <summary>A book kept in memory that forgets its oldest pages: enough for something to depend on.</summary>
public sealed class Ledger
{
    private const int Pages = 10_000;
    private readonly ConcurrentDictionary<Guid, Entry> entries = [];
    private readonly ConcurrentQueue<Guid> order = [];
    private long number;

    /// <summary>Books an order; once, however often it is sent.</summary>
    public Entry Book(Order sale)
    {
        var entry = new Entry(sale.OrderId, sale.AmountCents, Interlocked.Increment(ref number));
        if (!entries.TryAdd(sale.OrderId, entry))
            return entries.GetValueOrDefault(sale.OrderId, entry);
        order.Enqueue(sale.OrderId);
        if (order.Count > Pages && order.TryDequeue(out var oldest))
            entries.TryRemove(oldest, out _);
        return entry;
    }
}

internal static class LedgerEndpoint
{
    public static void Map(WebApplication app) =>
        app.MapPost("/entries", Handle).AllowAnonymous().AddEndpointFilter<CountingFilter>();

    private static IResult Handle(Order order, Ledger ledger) =>
        order.AmountCents <= 0
            ? Results.Problem("The amount is not positive; at least one cent is needed.", statusCode: 400)
            : Results.Created((string?)null, ledger.Book(order));
}
