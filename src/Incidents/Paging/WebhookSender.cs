using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Steady.Incidents.Paging;

/// <summary>Posts to addresses that people have set, and reaches no others through them.</summary>
public sealed class WebhookSender : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public WebhookSender(PagingSettings settings, TimeProvider clock)
    {
        this.clock = clock;
        Reachable = new Reachable(settings.AllowedNetworks);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                // Where a redirect leads has not been looked at.
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                // The address of a chat's webhook is its secret: it stands in no span.
                ActivityHeadersPropagator = null,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                // A name may lead elsewhere by the next time.
                PooledConnectionLifetime = TimeSpan.FromSeconds(10),
                MaxResponseHeadersLength = 16,
                ConnectCallback = Connect,
            }
        )
        {
            Timeout = Patience,
        };
    }

    public Reachable Reachable { get; }

    /// <summary>Posts JSON, signed where there is a secret. What can go wrong is an answer too.</summary>
    /// <param name="id">The same with each attempt, so that a receiver takes it once.</param>
    public async Task<Delivery> Post(string address, string? secret, string id, string body, CancellationToken stop)
    {
        try
        {
            return await Send(address, secret, id, body, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery(false, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever it is, it is what came of this attempt: it is told, and tried again.
            return new Delivery(false, Reason(e));
        }
    }

    /// <summary>Tells a dead man's switch that we live.</summary>
    public async Task Beat(Uri heartbeat, CancellationToken stop)
    {
        using var answer = await http.GetAsync(heartbeat, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    /// <summary>What went wrong, in one line.</summary>
    public static string Reason(Exception e)
    {
        var reason = (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
        return reason.Length > 200 ? $"{reason[..199]}…" : reason;
    }

    private async Task<Delivery> Send(string address, string? secret, string id, string body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.UserAgent.ParseAdd("Steady");
        if (secret is not null)
        {
            // A new moment each time, so that it is not taken for an old one.
            var now = clock.GetUtcNow();
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", Signature.Of(secret, id, now, body));
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var said = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
        var wait = answer.Headers.RetryAfter;
        return new Delivery(
            answer.IsSuccessStatusCode,
            said,
            Again: answer.StatusCode != HttpStatusCode.Gone,
            NotBefore: wait?.Date ?? (wait?.Delta is { } delta ? clock.GetUtcNow() + delta : null),
            IsGone: answer.StatusCode == HttpStatusCode.Gone
        );
    }

    // The address that was looked at is the one that is connected to: a name that changes in between leads nowhere else.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var chosen = Reachable.Choose(addresses);
        var socket = new Socket(chosen.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(chosen, context.DnsEndPoint.Port), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
