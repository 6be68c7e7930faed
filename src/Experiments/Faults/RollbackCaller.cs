using System.Net;
using System.Net.Sockets;
using System.Text;
using Steady.Contracts.Experiments;
using Steady.Experiments.Safety;

namespace Steady.Experiments.Faults;

/// <summary>
/// Makes the calls that put something back: plain HTTP, no shell, no redirects, and only to where it was allowed to. Tried
/// three times, because it is the last thing that is done.
/// </summary>
public sealed class RollbackCaller : IDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly AllowedHosts hosts;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public RollbackCaller(AllowedHosts hosts, TimeProvider clock)
    {
        (this.hosts, this.clock) = (hosts, clock);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectCallback = Connect,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<(bool Ok, string Detail)> Call(RollbackCall call, CancellationToken stop)
    {
        if (hosts.Refuses(call.Url) is { } refused)
            return (false, refused);
        for (var attempt = 1; ; attempt++)
        {
            var (ok, detail) = await Once(call, stop);
            if (ok || attempt == Attempts)
                return (ok, detail);
            await Task.Delay(Pause, clock, stop);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<(bool Ok, string Detail)> Once(RollbackCall call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(call.TimeoutMs), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
            if (call.Body is { } body)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return (answer.IsSuccessStatusCode, $"Answered {(int)answer.StatusCode}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return (false, $"No answer within {call.TimeoutMs} ms.");
        }
        catch (HttpRequestException e)
        {
            return (false, e.Message);
        }
    }

    // What a name means is looked at when it is called, and only what was looked at is connected to.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        foreach (var address in found)
            if (hosts.Refuses(address) is { } refused)
                throw new HttpRequestException(refused);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
