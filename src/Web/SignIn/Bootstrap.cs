using System.Security.Cryptography;

namespace Steady.Web.SignIn;

/// <summary>
/// <c>Steady.Web bootstrap DIR</c>: what a fresh machine needs before anything can start. The key is made once; tokens and
/// the login code are new every time, so an old folder gives nobody a way in.
/// </summary>
public static class Bootstrap
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string directory, TimeProvider clock)
    {
        Directory.CreateDirectory(directory, Mine | UnixFileMode.UserExecute);
        var key = ReadOrMakeKey(Path.Combine(directory, "signing.key"));
        using var issuer = new Issuer(key, "steady", "steady", clock);
        Keep(directory, "signing.pub", issuer.PublicKey);
        // Leases have a key of their own: who signs tokens need not be able to break things, nor the other way round.
        using var leases = ECDsa.Create();
        leases.ImportPkcs8PrivateKey(
            Convert.FromBase64String(ReadOrMakeKey(Path.Combine(directory, "lease.key"))),
            out _
        );
        Keep(directory, "lease.pub", Convert.ToBase64String(leases.ExportSubjectPublicKeyInfo()));

        var now = clock.GetUtcNow();
        var (month, year) = (now.AddDays(30), now.AddDays(365));
        Keep(directory, "admin.token", issuer.Sign("admin@local", ["admin"], month).Token);
        string[] experiments = ["budgets:read", "gate:ask", "incidents:read", "incidents:write", "experiments:operate"];
        Keep(directory, "experiments.token", issuer.Sign("service:experiments", experiments, year).Token);
        Keep(directory, "shop.token", issuer.Sign("service:shop", ["ingest:counts"], year).Token);
        string[] reads = ["incidents:read", "incidents:relay", "experiments:read", "budgets:read"];
        Keep(directory, "web.token", issuer.Sign("service:web", reads, year).Token);
        Keep(directory, "login.code", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    }

    private static string ReadOrMakeKey(string path)
    {
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encoded = Convert.ToBase64String(key.ExportPkcs8PrivateKey());
        Keep(Path.GetDirectoryName(path)!, Path.GetFileName(path), encoded);
        return encoded;
    }

    // Written beside and moved over: never half a file, and never one that others may read, not even for a moment.
    private static void Keep(string directory, string name, string content)
    {
        var path = Path.Combine(directory, name);
        var draft = path + ".new";
        File.Delete(draft);
        using (
            var file = new FileStream(
                draft,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = Mine,
                }
            )
        )
        using (var text = new StreamWriter(file))
            text.WriteLine(content);
        File.Move(draft, path, overwrite: true);
    }
}
