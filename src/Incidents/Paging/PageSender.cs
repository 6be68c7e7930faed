using MimeKit;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>Sends a page over its channel, and says what came of it.</summary>
public sealed class PageSender(MailSender mail, WebhookSender webhooks)
{
    private static readonly TimeSpan Patience = WebhookSender.Patience;

    public Reachable Reachable => webhooks.Reachable;

    public bool HasMail => mail.From is not null;

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
        if (mail.From is not { } from)
            return new Delivery(false, "no mail server is set up (Paging:Smtp:Host)", Again: false);
        using var message = MailSender.Message(
            from,
            address,
            $"{page.Id}@steady",
            PageText.Subject(page),
            PageText.Text(page)
        );
        message.Priority = MessagePriority.Urgent;
        return new Delivery(true, $"the mail server took it: {await mail.Send(message, Patience, stop)}");
    }
}
