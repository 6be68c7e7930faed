using System.Security.Cryptography;
using Steady.Contracts.Faults;

namespace Steady.Experiments.Faults;

/// <summary>
/// This service's own key, for leases and nothing else. Without one, leases go out unsigned, and only an agent in open mode
/// takes them.
/// </summary>
public sealed class LeaseSigner : IDisposable
{
    private readonly string agent;
    private readonly ECDsa? key;
    private readonly Lock gate = new();

    public LeaseSigner(IConfiguration configuration)
    {
        agent = configuration["Leases:Agent"] ?? FaultAgentClient.Name;
        if (configuration["Leases:SigningKey"] is not { Length: > 0 } encoded)
            return;
        key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(encoded), out _);
    }

    public PlaceLease Sign(Guid lease, PlaceLease asked)
    {
        if (key is null)
            return asked;
        lock (gate)
            return LeaseSignature.Sign(key, agent, lease, asked);
    }

    public void Dispose() => key?.Dispose();
}
