using System.Globalization;

namespace Steady.Launcher;

/// <summary>Which process listens on a port, from what the kernel shows under /proc.</summary>
internal static class PortHolders
{
    private const string Listening = "0A";

    /// <summary>A sentence for each wanted port that is taken.</summary>
    public static IReadOnlyList<string> Conflicts(Settings settings) =>
        [
            .. settings
                .Ports.Where(p => Socket(p.Value) is not null)
                .Select(p =>
                    $"Port {Settings.Text(p.Value)} ({p.Key}) is held by {Holder(p.Value)}; STEADY_PORT_{Variable(p.Key)} moves it."
                ),
        ];

    private static string Variable(string name) => name.Replace('-', '_').ToUpperInvariant();

    private static string Holder(int port)
    {
        var link = $"socket:[{Socket(port)}]";
        foreach (var process in Directory.GetDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            if (Holds(process, link))
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ').Trim();
                return $"process {Path.GetFileName(process)} ({(command.Length > 120 ? command[..120] + "…" : command)})";
            }
        }

        return "a process of another user";
    }

    private static bool Holds(string process, string link)
    {
        try
        {
            return Directory.GetFiles(Path.Combine(process, "fd")).Any(fd => new FileInfo(fd).LinkTarget == link);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The inode of the socket that listens on the port. Columns of /proc/net/tcp: 1 local address, 3 state, 9 inode.</summary>
    private static string? Socket(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(c => c.Length > 9 && c[3] == Listening && c[1].EndsWith(suffix, StringComparison.Ordinal))
            ?[9];
    }
}
