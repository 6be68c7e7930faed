using System.Runtime.InteropServices;

namespace Steady.LocalHosting.Processes;

/// <summary>Signals that .NET has no words for: to a chosen process, or to a whole process group.</summary>
public static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int process, int signal) => _ = Native(process, signal);

    /// <summary>A group is named by the process that founded it; every process here founds its own.</summary>
    public static void SendToGroup(int founder, int signal) => _ = Native(-founder, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Native(int process, int signal);
}
