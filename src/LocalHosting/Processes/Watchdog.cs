using System.Diagnostics;

namespace Steady.LocalHosting.Processes;

/// <summary>
/// Ends what this process started when this process dies, even by kill -9. A shell in its own session holds the other end of a pipe: at
/// its end of file it stops every process group that was named to it. The kernel's parent-death signal would do less: it is tied to the
/// thread that forked, and reaches no grandchild.
/// </summary>
internal static class Watchdog
{
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        groups=
        while read -r sign signal group; do
            case $sign in
                +) groups="$groups $signal:$group" ;;
                -) kept=; for g in $groups; do [ "${g#*:}" = "$group" ] || kept="$kept $g"; done; groups=$kept ;;
            esac
        done
        for g in $groups; do kill -"${g%%:*}" "${g#*:}"; done
        waited=0
        while [ $waited -lt 100 ]; do
            alive=
            for g in $groups; do kill -0 -"${g#*:}" && alive=1; done
            [ -n "$alive" ] || exit 0
            sleep 0.1
            waited=$((waited + 1))
        done
        for g in $groups; do kill -KILL -"${g#*:}"; done
        """;

    private static readonly Lock Gate = new();
    private static Process? shell;

    public static void Watch(int group, int signal) => Say($"+ {signal} {group}");

    public static void Forget(int group) => Say($"- 0 {group}");

    private static void Say(string line)
    {
        lock (Gate)
        {
            shell ??= Begin();
            shell.StandardInput.WriteLine(line);
            shell.StandardInput.Flush();
        }
    }

    private static Process Begin()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, WorkingDirectory = "/" };
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        return Process.Start(start)
            ?? throw new InvalidOperationException("The watchdog did not start: is `setsid` there?");
    }
}
