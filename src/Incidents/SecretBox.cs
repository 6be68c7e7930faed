using System.Security.Cryptography;
using System.Text;

namespace Steady.Incidents;

/// <summary>
/// Small secrets that must be read again (addresses, signing secrets) as they are stored: sealed with a key that is kept in the
/// vault, and bound to what they belong to. Pure but for the nonce.
/// </summary>
public sealed class SecretBox(byte[] key)
{
    private const string Prefix = "sealed:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MacBytes = 16;
    private readonly byte[] sealing = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        key,
        32,
        info: "steady seal"u8.ToArray()
    );
    private readonly byte[] proving = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        key,
        32,
        info: "steady proof"u8.ToArray()
    );

    /// <param name="text">What to seal.</param>
    /// <param name="of">What it belongs to: under another name it cannot be opened.</param>
    public string Close(string text, string of)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var data = new byte[NonceBytes + bytes.Length + TagBytes];
        RandomNumberGenerator.Fill(data.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(sealing, TagBytes);
        cipher.Encrypt(
            data.AsSpan(0, NonceBytes),
            bytes,
            data.AsSpan(NonceBytes, bytes.Length),
            data.AsSpan(NonceBytes + bytes.Length),
            Encoding.UTF8.GetBytes(of)
        );
        return Prefix + Convert.ToBase64String(data);
    }

    /// <summary>The text. What was stored before anything was sealed is read as it is.</summary>
    /// <exception cref="CryptographicException">It was changed, moved, or its key is another one.</exception>
    public string Open(string stored, string of)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal))
            return stored;
        var data = Convert.FromBase64String(stored[Prefix.Length..]).AsSpan();
        var text = new byte[data.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(sealing, TagBytes);
        cipher.Decrypt(
            data[..NonceBytes],
            data[NonceBytes..^TagBytes],
            data[^TagBytes..],
            text,
            Encoding.UTF8.GetBytes(of)
        );
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>What only the holder of the key can say of a text: 32 hexadecimal letters.</summary>
    public string Proof(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(proving, Encoding.UTF8.GetBytes(text)).AsSpan(0, MacBytes));

    /// <summary>Whether it is the proof of this text; how long that takes does not tell.</summary>
    public bool Proves(string text, string proof) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Proof(text)), Encoding.ASCII.GetBytes(proof));
}
