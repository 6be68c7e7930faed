using System.Net;
using System.Security.Cryptography;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Leases;

/// <summary>
/// Whose faults this agent takes: those of the controller whose key it was given, signed for this agent. An agent in open
/// mode, for one machine and its developer, takes others too.
/// </summary>
public sealed class Seal : IDisposable
{
    private readonly string agent;
    private readonly ECDsa? key;
    private readonly Lock gate = new();
    private volatile bool open;

    public Seal(IConfiguration configuration)
    {
        agent = configuration["Agent:Name"] ?? "fault-agent";
        WantsOpen = configuration.GetValue("Leases:Open", false);
        if (configuration["Leases:PublicKey"] is { Length: > 0 } encoded)
        {
            key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(encoded), out _);
        }
        else if (!WantsOpen)
        {
            throw new InvalidOperationException(
                "Leases:PublicKey is missing. Give the P-256 key of the service that signs leases as base64 SubjectPublicKeyInfo, or start with Leases:Open=true on loopback."
            );
        }
    }

    /// <summary>Whether open mode was asked for. It holds only once the addresses were looked at.</summary>
    public bool WantsOpen { get; }

    /// <summary>Whether faults without a signature are taken.</summary>
    public bool IsOpen => open;

    /// <summary>Opens, or says what stands against it: an address that others can reach.</summary>
    public string? Open(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
            if (!IsLoopback(address))
                return $"Leases:Open is for loopback, and this agent listens on {address}. Listen on 127.0.0.1, or leave Leases:Open out.";
        open = WantsOpen;
        return null;
    }

    /// <summary>Why the lease is not taken from whoever brings it; null when it is.</summary>
    public Refusal? Refuses(Guid lease, PlaceLease asked)
    {
        if (asked.Signature is null)
            return IsOpen ? null : Unsigned();
        if (key is null)
            return null;
        lock (gate)
            return LeaseSignature.IsRight(key, agent, lease, asked) ? null : Foreign();
    }

    public void Dispose() => key?.Dispose();

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));

    private static Refusal Unsigned() =>
        new(
            403,
            "lease-unsigned",
            "The lease carries no signature. Let the service that runs experiments ask for it: its key is the one this agent was given."
        );

    private Refusal Foreign() =>
        new(
            403,
            "lease-signature",
            $"The signature is not that of the key this agent was given, over this very lease, for the agent {agent}. Sign what is asked for, and ask for what was signed."
        );
}
