using System.Security.Cryptography;

namespace Steady.LocalHosting.Servers;

/// <summary>A server's own password: made once, kept beside its data, readable by its owner alone.</summary>
internal static class Secret
{
    public static string In(string directory)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, "password");
        if (!File.Exists(file))
        {
            WriteOwned(file, RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        return File.ReadAllText(file);
    }

    public static void WriteOwned(string file, string content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var writer = new StreamWriter(file, options);
        writer.Write(content);
    }
}
