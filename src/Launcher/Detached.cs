using System.Diagnostics;
using Spectre.Console;
using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>Starts the platform in a session of its own and shows what it says until it is ready.</summary>
internal static class Detached
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> Start(Settings settings, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(settings.Local);
        var log = settings.In("up.log");
        await File.WriteAllTextAsync(log, "");
        using var child = Begin(settings, log, arguments);
        using var ending = new Interruption();
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (!child.HasExited && !IsReady(settings, child.Id))
        {
            if (ending.Token.IsCancellationRequested)
            {
                // Who gives up waiting wants nothing left in the background, not even one that has only just begun.
                Signals.Send(child.Id, Signals.Terminate);
                await child.WaitForExitAsync(CancellationToken.None);
                await Show(reader);
                return 130;
            }

            await Show(reader);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        await Show(reader);
        return child.HasExited ? child.ExitCode : 0;
    }

    private static Process Begin(Settings settings, string log, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("setsid") { WorkingDirectory = settings.Root };
        string[] head = ["sh", "-c", "log=$1; shift; exec \"$@\" </dev/null >\"$log\" 2>&1", "sh", log, "dotnet"];
        foreach (var argument in head.Append(settings.Assembly("Launcher", "Steady.Launcher")).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new UserError("The launcher could not start itself in the background.");
    }

    private static bool IsReady(Settings settings, int pid) =>
        RunningInstance.Read(settings) is { Ready: true } note && note.Pid == pid;

    private static async Task Show(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            await AnsiConsole.Profile.Out.Writer.WriteLineAsync(line);
        }
    }
}
