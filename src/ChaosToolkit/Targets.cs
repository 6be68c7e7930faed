using System.Net;

namespace Steady.ChaosToolkit;

/// <summary>Addresses that no experiment may call, whoever wrote it: what belongs to the machine or to the platform itself.</summary>
public static class Targets
{
    // Where clouds keep the credentials of a machine.
    private static readonly string[] Metadata =
    [
        "metadata",
        "metadata.google.internal",
        "metadata.goog",
        "instance-data",
        "instance-data.ec2.internal",
    ];

    private static readonly IPAddress[] MetadataAddresses =
    [
        IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("192.0.0.192"),
        IPAddress.Parse("168.63.129.16"),
        IPAddress.Parse("fd00:ec2::254"),
        IPAddress.Parse("fd20:ce::254"),
    ];

    // Incidents, Experiments, Budgets, the fault agent and the dashboard, where they listen unless told otherwise.
    private static readonly int[] OwnPorts = [8081, 8082, 8083, 8474, 18888];

    /// <summary>Why an address may not be called; null when it may.</summary>
    public static string? Refusal(Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
            return $"'{url.Scheme}' is no address of a service. Give one that begins with http:// or https://.";
        var host = url.IdnHost.TrimEnd('.').Trim('[', ']').ToLowerInvariant();
        var address = IPAddress.TryParse(host, out var parsed) ? Plain(parsed) : null;
        if (Metadata.Contains(host) || (address is not null && IsOfTheMachine(address)))
            return $"{host} is an address of the machine or its cloud, never of a service under test. Give the address of the service.";
        return IsOwn(url, host, address)
            ? $"{host}:{url.Port} is this platform itself, which no experiment may touch. Give the address of the service under test."
            : null;
    }

    private static bool IsOwn(Uri url, string host, IPAddress? address)
    {
        var loopback =
            host == "localhost"
            || host.EndsWith(".localhost", StringComparison.Ordinal)
            || (address is not null && IPAddress.IsLoopback(address));
        // The console's pages do no harm; behind /api stands everything else.
        return loopback
            && (
                OwnPorts.Contains(url.Port)
                || (url.Port == 8080 && url.AbsolutePath.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
            );
    }

    private static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        // ::a.b.c.d and 64:ff9b::a.b.c.d carry an address of the old kind as well.
        var carries =
            bytes.Length == 16
            && !IPAddress.IsLoopback(address)
            && (
                bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0
                || bytes.AsSpan(0, 12).SequenceEqual<byte>([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0])
            );
        return carries ? new IPAddress(bytes.AsSpan(12)) : address;
    }

    private static bool IsOfTheMachine(IPAddress address)
    {
        if (MetadataAddresses.Contains(address))
            return true;
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16)
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any);
        return bytes is [0, ..] or [169, 254, ..] or [>= 224, ..];
    }
}
