using System.Security.Cryptography;
using System.Text;

namespace Steady.Web.SignIn;

/// <summary>
/// The code of the sign-in link. It opens once: a second use is refused, also after a restart when there is a file to
/// remember it in. Only a digest is kept.
/// </summary>
public sealed class LoginCode(string? code, string? memory)
{
    private readonly Lock gate = new();
    private string? open = Unused(code, memory);

    public bool TryUse(string offered)
    {
        lock (gate)
        {
            if (open is null || !Same(open, offered))
                return false;
            if (memory is not null)
                File.WriteAllText(memory, Digest(open));
            open = null;
            return true;
        }
    }

    private static string? Unused(string? code, string? memory) =>
        string.IsNullOrEmpty(code)
        || (memory is not null && File.Exists(memory) && File.ReadAllText(memory).Trim() == Digest(code))
            ? null
            : code;

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Bytes(left)), SHA256.HashData(Bytes(right)));

    private static string Digest(string code) => Convert.ToHexStringLower(SHA256.HashData(Bytes(code)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
