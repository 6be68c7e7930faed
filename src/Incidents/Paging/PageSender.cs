using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>Sends a page over its channel, and says what came of it.</summary>
public sealed class PageSender(PagingSettings settings, WebhookSender webhooks)
{
    private static readonly TimeSpan Patience = WebhookSender.Patience;

    public Reachable Reachable => webhooks.Reachable;

    public bool HasMail => settings.Smtp is not null;

    public async Task<Delivery> Send(ChannelKind kind, ChannelSecret? secret, PageMessage page, CancellationToken stop)
    {
        if (kind == ChannelKind.Console)
            return new Delivery(true, "shown in the console");
        if (secret is null)
            return new Delivery(false, "the channel is no longer there", Again: false);
        if (kind != ChannelKind.Email)
            return await webhooks.Post(
                secret.Address,
                kind == ChannelKind.Webhook ? secret.Secret : null,
                page.Id.ToString(),
                PageText.Body(kind, page),
                stop
            );
        try
        {
            return await Mail(secret.Address, page, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery(false, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever it is, it is what came of this attempt: it stands on the timeline, and the page is tried again.
            return new Delivery(false, WebhookSender.Reason(e));
        }
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
}
