using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Steady.FaultAgent.Proxy;

/// <summary>host:port, as Toxiproxy writes addresses.</summary>
public static class Address
{
    /// <summary>The address, or nothing when the text is none. Names stay names: they are resolved when they are used.</summary>
    public static EndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port))
            return null;
        var host = text[..colon].Trim('[', ']');
        if (host.Length == 0)
            return new IPEndPoint(IPAddress.Any, port);
        if (IPAddress.TryParse(host, out var address))
            return new IPEndPoint(address, port);
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? new DnsEndPoint(host, port) : null;
    }

    /// <summary>The address to listen on.</summary>
    /// <exception cref="SocketException">The name does not resolve.</exception>
    public static IPEndPoint Resolve(EndPoint address) =>
        address switch
        {
            IPEndPoint resolved => resolved,
            DnsEndPoint { Host: "localhost", Port: var port } => new IPEndPoint(IPAddress.Loopback, port),
            DnsEndPoint named => new IPEndPoint(Dns.GetHostAddresses(named.Host)[0], named.Port),
            _ => throw new SocketException((int)SocketError.AddressFamilyNotSupported),
        };
}
