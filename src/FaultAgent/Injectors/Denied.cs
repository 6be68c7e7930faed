using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// What is never broken, whoever asks and however it is signed: the platform's own store, broker and services, by address
/// (<c>Denied:Addresses</c>) and by command line (<c>Denied:Processes</c>). Without the addresses nothing but edges can be
/// broken, because then the agent cannot tell its own ground from its targets.
/// </summary>
public sealed class Denied(IConfiguration configuration)
{
    // What carries the platform, wherever it runs.
    private static readonly string[] Always =
    [
        "Steady.Incidents",
        "Steady.Experiments",
        "Steady.Budgets",
        "Steady.Web",
        "Steady.FaultAgent",
        "Steady.AppHost",
        "Steady.Launcher",
        "postgres",
        "postmaster",
        "beam.smp",
        "rabbitmq",
        "epmd",
        "systemd",
    ];

    private readonly string[] addresses =
    [
        .. (configuration.GetSection("Denied:Addresses").Get<string[]>() ?? []).Where(address => address.Length > 0),
    ];
    private readonly string[] processes = configuration.GetSection("Denied:Processes").Get<string[]>() ?? [];

    /// <summary>Whether it is known where the platform itself runs; the refusal when not.</summary>
    public Refusal? Unknown =>
        addresses.Length > 0
            ? null
            : new(
                409,
                "injector-unavailable",
                "Denied:Addresses is empty, so this agent does not know what it must never break. List the addresses of the platform's database, broker and services."
            );

    /// <summary>The denied address that a host and port lead to; null when there is none. Names are resolved on both sides.</summary>
    public string? At(string host, int port) => addresses.FirstOrDefault(denied => Meets(denied, host, port));

    /// <summary>The denied address that a text of host and port leads to.</summary>
    public string? At(string address) =>
        address.LastIndexOf(':') is > 0 and var colon
        && int.TryParse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port)
            ? At(address[..colon], port)
            : null;

    /// <summary>Whether any denied address on this machine has the port.</summary>
    public string? OnPort(int port) => At("127.0.0.1", port);

    /// <summary>What of a command line is denied; null when nothing is.</summary>
    public string? InCommand(string command) =>
        Always.Concat(processes).FirstOrDefault(part => command.Contains(part, StringComparison.OrdinalIgnoreCase));

    public static Refusal Refusal(string target, string what) =>
        new(
            403,
            "target-denied",
            $"{target} leads to {what}, which is the platform's own and is never broken on purpose."
        );

    private static bool Meets(string denied, string host, int port)
    {
        var colon = denied.LastIndexOf(':');
        return colon > 0
            && int.TryParse(denied.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var its)
            && its == port
            && Ips(denied[..colon].Trim('[', ']')).Intersect(Ips(host.Trim('[', ']'))).Any();
    }

    // All that is this machine counts as one.
    private static IEnumerable<IPAddress> Ips(string host)
    {
        if (host is "0.0.0.0" or "::" or "*" || host.StartsWith('/'))
            return [IPAddress.Loopback];
        try
        {
            return Dns.GetHostAddresses(host).Select(ip => ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).Select(Here);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static IPAddress Here(IPAddress ip) =>
        IPAddress.IsLoopback(ip) || Own.Contains(ip) ? IPAddress.Loopback : ip;

    private static IEnumerable<IPAddress> Own =>
        System
            .Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address);
}
