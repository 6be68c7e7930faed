using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Steady.Incidents.Paging;

/// <summary>Hands mails to the operator's server.</summary>
public sealed class MailSender(PagingSettings settings)
{
    /// <summary>Where mails come from; null when no server is set up.</summary>
    public string? From => settings.Smtp?.From;

    /// <summary>A mail that answers from holidays do not answer.</summary>
    public static MimeMessage Message(string from, string to, string id, string subject, string text)
    {
        var message = new MimeMessage
        {
            Subject = subject,
            MessageId = id,
            Body = new TextPart("plain") { Text = text },
        };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>What the server said when it took it.</summary>
    public async Task<string> Send(MimeMessage message, TimeSpan patience, CancellationToken stop)
    {
        var smtp = settings.Smtp ?? throw new InvalidOperationException("No mail server is set up (Paging:Smtp:Host).");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        using var client = new SmtpClient { Timeout = (int)patience.TotalMilliseconds };
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
        return said.Trim();
    }
}
