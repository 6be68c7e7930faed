using System.Globalization;
using System.Runtime.InteropServices;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// A process that is this one and no other: its id may be given to another process later, its id with the moment it
/// began may not.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="Started">When it began, in the kernel's ticks since the machine came up.</param>
public sealed record ProcessIdentity(int Id, long Started)
{
    /// <summary>The process of an id; null when there is none.</summary>
    public static ProcessIdentity? Of(int id) => Fields(id) is { } fields ? new(id, Start(fields)) : null;

    public bool Exists => Fields(Id) is { } fields && Start(fields) == Started && fields[0] is not ("Z" or "X");

    /// <summary>Whether it is stopped by a signal.</summary>
    public bool IsStopped => Fields(Id) is { } fields && Start(fields) == Started && fields[0] == "T";

    public string Command => Read("cmdline")?.Replace('\0', ' ').Trim() ?? "";

    /// <summary>Sends a signal, unless the process has ended.</summary>
    public bool Send(int signal) => Exists && Native(Id, signal) == 0;

    private string? Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{Id.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // After the name, which may hold spaces and brackets: the state, and 19 fields later the start.
    private static string[]? Fields(int id)
    {
        var stat = new ProcessIdentity(id, 0).Read("stat");
        return stat?[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static long Start(string[] fields) => long.Parse(fields[19], CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Native(int process, int signal);
}

/// <summary>Signals by number.</summary>
public static class Signal
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Waits until a signal has done what it is for, which takes the kernel a moment, or until the deadline.</summary>
    public static async Task Works(Func<bool> done, TimeSpan deadline, AgentClock clock)
    {
        while (!done() && clock.Now < deadline)
            await Task.Delay(Look, clock.Time);
    }
}

/// <summary>Finds the process that is meant, from what the kernel shows under /proc.</summary>
public static class ProcessFinder
{
    private const string Listening = "0A";

    public static ProcessIdentity? Find(Target target) =>
        target.PidFile is { } file ? InFile(file)
        : target.Port > 0 ? OnPort(target.Port)
        : null;

    /// <summary>The process that listens on a TCP port.</summary>
    public static ProcessIdentity? OnPort(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        // Columns of /proc/net/tcp: 1 local address, 3 state, 9 inode.
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length > 9 && c[3] == Listening && c[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(c => $"socket:[{c[9]}]")
            .ToHashSet();
        if (sockets.Count == 0)
            return null;
        var ids = Directory.GetDirectories("/proc").Select(Path.GetFileName);
        foreach (var name in ids)
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var id) && Holds(id, sockets))
                return ProcessIdentity.Of(id);
        return null;
    }

    private static ProcessIdentity? InFile(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var id)
                ? ProcessIdentity.Of(id)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Holds(int id, HashSet<string> sockets)
    {
        try
        {
            return Directory
                .GetFiles($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/fd")
                .Any(fd => new FileInfo(fd).LinkTarget is { } link && sockets.Contains(link));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
