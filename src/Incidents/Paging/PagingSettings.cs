using System.Net;

namespace Steady.Incidents.Paging;

/// <summary>What the operator says of paging.</summary>
public sealed record PagingSettings
{
    /// <summary>The console's address, for links in pages.</summary>
    public Uri? Console { get; init; }

    public SmtpSettings? Smtp { get; init; }

    /// <summary>Private networks that webhooks may reach, as CIDR.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Asked every minute while paging works: a dead man's switch that is not ours raises the alarm when it is not.</summary>
    public Uri? Heartbeat { get; init; }

    /// <exception cref="InvalidOperationException">A setting cannot be read.</exception>
    public static PagingSettings Of(IConfiguration configuration)
    {
        var paging = configuration.GetSection("Paging");
        var networks = new List<IPNetwork>();
        foreach (
            var text in (paging["AllowedNetworks"] ?? "").Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
            networks.Add(
                IPNetwork.TryParse(text, out var network)
                    ? network
                    : throw Wrong("AllowedNetworks", text, "networks such as 10.20.0.0/16, separated by commas")
            );
        return new PagingSettings
        {
            Console = Address(paging, "Console"),
            Heartbeat = Address(paging, "Heartbeat"),
            Smtp = paging["Smtp:Host"] is { Length: > 0 } host ? Mail(paging, host) : null,
            AllowedNetworks = networks,
        };
    }

    private static SmtpSettings Mail(IConfiguration paging, string host) =>
        new(
            host,
            int.TryParse(paging["Smtp:Port"] ?? "587", out var port) && port is > 0 and < 65536
                ? port
                : throw Wrong("Smtp:Port", paging["Smtp:Port"]!, "a port, such as 587"),
            paging["Smtp:From"] ?? throw Wrong("Smtp:From", "", "the address that pages come from"),
            paging["Smtp:User"],
            paging["Smtp:Password"],
            (paging["Smtp:Encryption"] ?? "starttls") switch
            {
                "starttls" => MailEncryption.StartTls,
                "tls" => MailEncryption.Tls,
                "none" => MailEncryption.None,
                var other => throw Wrong("Smtp:Encryption", other, "starttls, tls or none"),
            }
        );

    private static Uri? Address(IConfiguration paging, string name) =>
        paging[name] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address
        : throw Wrong(name, text, "an address such as https://steady.example.org/");

    private static InvalidOperationException Wrong(string name, string value, string accepted) =>
        new($"Paging:{name} is '{value}'. Give {accepted}.");
}

/// <summary>How to reach the mail server.</summary>
public sealed record SmtpSettings(
    string Host,
    int Port,
    string From,
    string? User,
    string? Password,
    MailEncryption Encryption
);

public enum MailEncryption
{
    StartTls,
    Tls,
    None,
}
