using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Steady.Contracts.Faults;

/// <summary>
/// A lease is signed for one agent and for one fault: with ES256, over a text that anybody can rebuild. So a token that was
/// stolen brings no fault in, and a lease that was overheard fits nowhere else.
/// </summary>
public static class LeaseSignature
{
    /// <summary>What is signed: a line for each thing that must not be changed, in this order.</summary>
    /// <param name="agent">The name of the agent that is to take the lease.</param>
    /// <param name="lease">The id of the lease.</param>
    /// <param name="asked">What is asked for.</param>
    public static string TextOf(string agent, Guid lease, PlaceLease asked) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"""
                steady-lease 1
                agent {Plain(agent)}
                lease {lease}
                run {asked.RunId}
                epoch {asked.Epoch}
                injector {Plain(asked.Injector)}
                target {Plain(asked.Proxy)}
                fault {Text(asked.Toxic)}
                ttl {asked.TtlSeconds}
                hardStop {asked.HardStopSeconds}
                """
            )
            .ReplaceLineEndings("\n");

    /// <summary>The request with its signature.</summary>
    /// <param name="key">The controller's private key, on P-256.</param>
    /// <param name="agent">The name of the agent that is to take the lease.</param>
    /// <param name="lease">The id of the lease.</param>
    /// <param name="asked">What is asked for.</param>
    public static PlaceLease Sign(ECDsa key, string agent, Guid lease, PlaceLease asked) =>
        asked with
        {
            Signature = Base64Url.EncodeToString(key.SignData(Bytes(agent, lease, asked), HashAlgorithmName.SHA256)),
        };

    /// <summary>Whether the request carries a signature that was made for this agent, this lease and exactly this fault.</summary>
    /// <param name="key">The controller's public key.</param>
    /// <param name="agent">The name of the agent that asks.</param>
    /// <param name="lease">The id of the lease.</param>
    /// <param name="asked">What is asked for.</param>
    public static bool IsRight(ECDsa key, string agent, Guid lease, PlaceLease asked) =>
        asked.Signature is { Length: < 200 } signature
        && Base64Url.IsValid(signature)
        && key.VerifyData(Bytes(agent, lease, asked), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);

    private static byte[] Bytes(string agent, Guid lease, PlaceLease asked) =>
        Encoding.UTF8.GetBytes(TextOf(agent, lease, asked));

    private static string Text(FaultSpec fault)
    {
        var numbers = (fault.Attributes ?? new Dictionary<string, long>())
            .OrderBy(number => number.Key, StringComparer.Ordinal)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $" {Plain(number.Key)}={number.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Plain(fault.Type)} {Plain(fault.Stream)} {fault.Toxicity}{string.Concat(numbers)}"
        );
    }

    // A name must not be able to end its line, or one lease could be read as another.
    private static string Plain(string? name) => Uri.EscapeDataString(name ?? "");
}
