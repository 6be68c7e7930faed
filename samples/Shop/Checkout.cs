using System.Net.Sockets;
using Steady.Shop.Counts;

namespace Steady.Shop;

/// <summary>Sells: an order is good once the ledger has booked it.</summary>
internal static class CheckoutEndpoint
{
    public const string LedgerClient = "ledger";

    public static void Map(WebApplication app) =>
        app.MapPost("/checkout", Handle).AllowAnonymous().AddEndpointFilter<CountingFilter>();

    public static void Configure(IServiceProvider services, HttpClient ledger)
    {
        ledger.BaseAddress = services.GetRequiredService<ShopSettings>().LedgerUrl;
        ledger.Timeout = Timeout.InfiniteTimeSpan;
    }

    private static async Task<IResult> Handle(
        Order? order,
        IHttpClientFactory clients,
        ShopSettings settings,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(settings.LedgerTimeoutMs), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using var ledger = clients.CreateClient(LedgerClient);
            // Without a body it is a test purchase of one cent: what a probe sends.
            order ??= new Order(Guid.CreateVersion7(clock.GetUtcNow()), 1);
            using var response = await ledger.PostAsJsonAsync("/entries", order, either.Token);
            return response.IsSuccessStatusCode
                ? Results.Ok(await response.Content.ReadFromJsonAsync<Entry>(either.Token))
                : Refuse(502, "ledger-failed", $"The ledger answered {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Refuse(504, "ledger-slow", $"The ledger did not answer within {settings.LedgerTimeoutMs} ms.");
        }
        // A connection that is reset right after its handshake comes out of HttpClient as the bare socket's exception.
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return Refuse(502, "ledger-unreachable", "The ledger cannot be reached.");
        }
    }

    private static IResult Refuse(int status, string code, string sentence) =>
        Results.Problem(
            // It may have been booked although the answer was lost; the ledger books an order once.
            $"{sentence} Send the same order again later.",
            statusCode: status,
            extensions: new Dictionary<string, object?> { ["code"] = code }
        );
}
