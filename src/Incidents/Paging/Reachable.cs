using System.Net;
using System.Net.Sockets;

namespace Steady.Incidents.Paging;

/// <summary>
/// Which addresses webhooks may go to: those of the internet, and what the operator allows of the private ones. Whoever may set a
/// webhook must not reach the metadata service of a cloud or a database through us. Pure.
/// </summary>
public sealed class Reachable(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether a connection to an address may be made.</summary>
    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return allowed.Any(network => network.Contains(address)) || !Refused.Any(network => network.Contains(address));
    }

    /// <summary>Why a webhook may not go there, as far as its text tells; null when it may.</summary>
    public string? Refuses(Uri url)
    {
        var literal = IPAddress.TryParse(url.IdnHost, out var address) ? address : null;
        if (literal is not null && !Allows(literal))
            return $"{literal} is a private address. The operator can allow it: Paging:AllowedNetworks.";
        // Without encryption everybody on the way reads who is paged for what.
        var isOwn = literal is not null && allowed.Any(network => network.Contains(literal));
        return url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && isOwn)
            ? null
            : "Give an address that begins with https://; http:// goes to addresses of Paging:AllowedNetworks only.";
    }

    /// <summary>The address to connect to, of those that a name has now; looked at again with each connection.</summary>
    /// <exception cref="SocketException">None of them may be reached.</exception>
    public IPAddress Choose(IReadOnlyList<IPAddress> addresses) =>
        // One that is refused among them is a name that somebody turned against us: not even the others are used.
        addresses.Count > 0
        && addresses.All(Allows)
            ? addresses[0]
            : throw new SocketException((int)SocketError.AccessDenied, "Its name leads to a private address.");
}
