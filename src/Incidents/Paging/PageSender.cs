using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>Sends a page over its channel, and says what came of it.</summary>
public sealed class PageSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly PagingSettings settings;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public PageSender(PagingSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
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
                // A name may lead elsewhere by the next page.
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

    public bool HasMail => settings.Smtp is not null;

    public async Task<Delivery> Send(ChannelKind kind, ChannelSecret? secret, PageMessage page, CancellationToken stop)
    {
        if (kind == ChannelKind.Console)
            return new Delivery(true, "shown in the console");
        if (secret is null)
            return new Delivery(false, "the channel is no longer there", Again: false);
        try
        {
            return kind == ChannelKind.Email
                ? await Mail(secret.Address, page, stop)
                : await Post(kind, secret, page, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery(false, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever it is, it is what came of this attempt: it stands on the timeline, and the page is tried again.
            return new Delivery(false, Reason(e));
        }
    }

    /// <summary>Tells a dead man's switch that paging works.</summary>
    public async Task Beat(Uri heartbeat, CancellationToken stop)
    {
        using var answer = await http.GetAsync(heartbeat, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    private async Task<Delivery> Post(ChannelKind kind, ChannelSecret secret, PageMessage page, CancellationToken stop)
    {
        var body = PageText.Body(kind, page);
        using var request = new HttpRequestMessage(HttpMethod.Post, secret.Address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.UserAgent.ParseAdd("Steady");
        if (kind == ChannelKind.Webhook)
        {
            // The same id with each attempt, so that a receiver takes it once; a new moment, so that it is not taken for an old one.
            var (id, now) = (page.Id.ToString(), clock.GetUtcNow());
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", Signature.Of(secret.Secret!, id, now, body));
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

    private async Task<Delivery> Mail(string address, PageMessage page, CancellationToken stop)
    {
        var smtp = settings.Smtp;
        if (smtp is null)
            return new Delivery(false, "no mail server is set up (Paging:Smtp:Host)", Again: false);
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(smtp.From));
        message.To.Add(MailboxAddress.Parse(address));
        message.Subject = PageText.Subject(page);
        message.MessageId = $"{page.Id}@steady";
        message.Priority = MessagePriority.Urgent;
        // Answers from holidays do not page anybody.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = PageText.Text(page) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        var encryption = smtp.Encryption switch
        {
            MailEncryption.StartTls => SecureSocketOptions.StartTls,
            MailEncryption.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(smtp.Host, smtp.Port, encryption, limit.Token);
        if (smtp.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, smtp.Password ?? "", limit.Token);
        var said = await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(true, limit.Token);
        return new Delivery(true, $"the mail server took it: {said.Trim()}");
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

    private static string Reason(Exception e)
    {
        var reason = (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
        return reason.Length > 200 ? $"{reason[..199]}…" : reason;
    }
}
