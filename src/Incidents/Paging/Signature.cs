using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Steady.Incidents.Paging;

/// <summary>Signatures of Standard Webhooks 1.0. Pure.</summary>
public static class Signature
{
    private const string Prefix = "whsec_";

    /// <summary>Whether it is <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    public static bool IsSecret(string? secret) => Key(secret) is { Length: >= 24 and <= 64 };

    /// <summary>The value of <c>webhook-signature</c>: HMAC-SHA256 over id, seconds and body.</summary>
    public static string Of(string secret, string id, DateTimeOffset at, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key(secret)!, Encoding.UTF8.GetBytes(signed)))}";
    }

    private static byte[]? Key(string? secret)
    {
        if (secret?.StartsWith(Prefix, StringComparison.Ordinal) is not true)
            return null;
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : null;
    }
}
