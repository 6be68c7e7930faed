using System.Security.Cryptography;
using Steady.Contracts.Faults;

namespace Steady.Tests.Support;

/// <summary>The key with which tests sign leases, and what an agent and a controller need to know of it.</summary>
public static class TestLeases
{
    /// <summary>What agents are called when nobody says otherwise.</summary>
    public const string Agent = "fault-agent";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly Lock Gate = new();

    /// <summary>The value of <c>Leases:PublicKey</c>.</summary>
    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    /// <summary>The value of <c>Leases:SigningKey</c>.</summary>
    public static string SigningKey { get; } = Convert.ToBase64String(Key.ExportPkcs8PrivateKey());

    public static PlaceLease Sign(Guid lease, PlaceLease asked, string agent = Agent)
    {
        lock (Gate)
            return LeaseSignature.Sign(Key, agent, lease, asked);
    }
}
