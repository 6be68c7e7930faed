using System.Net;
using System.Net.Sockets;

namespace Steady.Experiments.Safety;

/// <summary>
/// Where this service may be sent by a design: to hosts that were named for it, never to the platform itself, and never to
/// addresses that only this machine's surroundings answer, such as a cloud's metadata.
/// </summary>
/// <param name="Hosts">Names or addresses; the setting <c>Rollback:AllowedHosts</c>.</param>
/// <param name="Own">Addresses of the platform's own processes, as host and port.</param>
public sealed record AllowedHosts(IReadOnlyList<string> Hosts, IReadOnlyList<string> Own)
{
    public static AllowedHosts Of(IConfiguration configuration) =>
        new(
            configuration.GetSection("Rollback:AllowedHosts").Get<string[]>() ?? [],
            [
                .. configuration
                    .GetSection("services")
                    .GetChildren()
                    .SelectMany(service => service.GetChildren())
                    .SelectMany(scheme => scheme.GetChildren())
                    .Select(address => Uri.TryCreate(address.Value, UriKind.Absolute, out var url) ? Place(url) : "")
                    .Where(place => place is not ""),
            ]
        );

    /// <summary>Why that address may not be called; null when it may.</summary>
    public string? Refuses(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return $"'{address}' is no absolute http or https address.";
        if (url.UserInfo is not "")
            return "An address with a user name in it is not called.";
        if (!Hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase))
            return $"The host '{url.Host}' is not allowed. Name it in the setting Rollback:AllowedHosts.";
        return Own.Contains(Place(url))
            ? $"{Place(url)} belongs to the platform itself, which no experiment touches."
            : null;
    }

    /// <summary>
    /// Why a connection to what a name turned out to mean is not made; a name may be allowed and still point somewhere else
    /// the next time it is asked.
    /// </summary>
    public string? Refuses(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return Hosts.Any(host =>
                host is "localhost"
                || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named))
            )
                ? null
                : $"{plain} is this machine, which is not named in Rollback:AllowedHosts.";
        var never =
            plain.IsIPv6LinkLocal
            || plain.IsIPv6Multicast
            || plain.Equals(IPAddress.Any)
            || plain.Equals(IPAddress.IPv6Any)
            || (
                plain.AddressFamily == AddressFamily.InterNetwork
                && plain.GetAddressBytes() is [169, 254, ..] or [>= 224, ..] or [0, ..]
            );
        return never ? $"{plain} is an address that is never called." : null;
    }

    private static string Place(Uri url) => $"{(url.IsLoopback ? "loopback" : url.Host.ToLowerInvariant())}:{url.Port}";
}
