namespace Steady.Incidents.Status;

/// <summary>What the operator says of the status page.</summary>
/// <param name="Address">Where customers find it, for the links of mails; without it there are none.</param>
/// <param name="From">Where mails come from; null when there is no mail server.</param>
public sealed record StatusSettings(Uri? Address, string? From)
{
    /// <summary>Whether mails can be asked for.</summary>
    public bool TakesAddresses => Address is not null && From is not null;

    /// <summary>An address under that of the page.</summary>
    public Uri Under(string path) => new($"{Address!.ToString().TrimEnd('/')}/{path}");

    /// <summary>By default the page is found behind the console, and mails come from where pages come from.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be read.</exception>
    public static StatusSettings Of(IConfiguration configuration, Uri? console, string? pager)
    {
        var address = console is null ? null : new Uri(console, "status");
        if (configuration["Status:Address"] is { Length: > 0 } text)
            address =
                Uri.TryCreate(text, UriKind.Absolute, out var given)
                && (given.Scheme == Uri.UriSchemeHttps || given.Scheme == Uri.UriSchemeHttp)
                    ? given
                    : throw new InvalidOperationException(
                        $"Status:Address is '{text}'. Give an address such as https://status.example.org/status."
                    );
        // Without a server there is nobody to send it, wherever it says that it comes from.
        return new StatusSettings(address, pager is null ? null : configuration["Status:From"] ?? pager);
    }
}
