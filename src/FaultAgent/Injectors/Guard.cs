using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Steady.Contracts;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// A process of its own that continues a paused process: at the deadline, when it is told to, or at once when the agent
/// that started it is gone. What it will undo is on disk before it says that it is armed.
/// </summary>
public static class GuardProgram
{
    public const string Command = "guard";
    public const string Armed = "armed";
    private const string Hold = "hold ";

    /// <param name="undo">File for what is to be undone.</param>
    /// <param name="target">The process to continue.</param>
    public static async Task<int> Run(string undo, ProcessIdentity target)
    {
        // What ends the agent's group or terminal must not end its guard.
        _ = NewSession();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        Write(undo, target);
        Console.WriteLine(Armed);
        await UntilItIsOver(Lines());
        Undo(undo, target);
        return 0;
    }

    /// <summary>Continues the process, if it is still the same, and forgets that it was to be done.</summary>
    public static void Undo(string undo, ProcessIdentity target)
    {
        target.Send(Signal.Continue);
        try
        {
            File.Delete(undo);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder was cleared meanwhile: then it is forgotten too.
        }
    }

    /// <summary>What a guard was to undo that did not come to it; null when the file does not tell.</summary>
    public static ProcessIdentity? Read(string undo)
    {
        try
        {
            return JsonSerializer.Deserialize<ProcessIdentity>(File.ReadAllText(undo), Json.Options);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The line that moves the deadline.</summary>
    public static string HoldFor(TimeSpan left) =>
        Hold + ((long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static async Task UntilItIsOver(ChannelReader<string> lines)
    {
        using var deadline = new CancellationTokenSource();
        try
        {
            // No other line than a hold is ever sent; the end of the agent is the end of the lines.
            await foreach (var line in lines.ReadAllAsync(deadline.Token))
                if (long.TryParse(line.AsSpan(Hold.Length), CultureInfo.InvariantCulture, out var milliseconds))
                    deadline.CancelAfter(TimeSpan.FromMilliseconds(milliseconds));
        }
        catch (OperationCanceledException) { }
    }

    private static ChannelReader<string> Lines()
    {
        var lines = Channel.CreateUnbounded<string>();
        new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line && line.StartsWith(Hold, StringComparison.Ordinal))
                lines.Writer.TryWrite(line);
            lines.Writer.Complete();
        })
        {
            IsBackground = true,
        }.Start();
        return lines.Reader;
    }

    private static void Write(string undo, ProcessIdentity target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(undo))!);
        using var file = new FileStream(undo, FileMode.Create);
        JsonSerializer.Serialize(file, target, Json.Options);
        file.Flush(flushToDisk: true);
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NewSession();
}

/// <summary>The agent's end of a guard.</summary>
public sealed class Guard : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly TimeProvider clock;
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Guard(Process process, TimeProvider clock)
    {
        (this.process, this.clock) = (process, clock);
        process.Exited += (_, _) => died.TrySetResult();
        process.EnableRaisingEvents = true;
    }

    /// <summary>Ends when the guard has ended, for whatever reason.</summary>
    public Task Died => died.Task;

    /// <summary>Starts a guard and waits until it is armed.</summary>
    /// <exception cref="FaultRefusedException">It did not say that it is.</exception>
    public static async Task<Guard> Start(string undo, ProcessIdentity target, TimeProvider clock)
    {
        var start = new ProcessStartInfo(Runtime)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(GuardProgram).Assembly.Location);
        start.ArgumentList.Add(GuardProgram.Command);
        start.ArgumentList.Add(undo);
        start.ArgumentList.Add(target.Id.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(target.Started.ToString(CultureInfo.InvariantCulture));
        var guard = new Guard(Process.Start(start)!, clock);
        using var limit = new CancellationTokenSource(Patience, clock);
        try
        {
            var said = await guard.process.StandardOutput.ReadLineAsync(limit.Token);
            if (said == GuardProgram.Armed)
                return guard;
            throw new FaultRefusedException("fault-not-armed", $"The guard said '{said}' instead of being armed.");
        }
        catch (Exception e)
        {
            guard.Dispose();
            if (e is OperationCanceledException)
                throw new FaultRefusedException(
                    "fault-not-armed",
                    "The guard did not say in time that it is armed.",
                    e
                );
            throw;
        }
    }

    public async Task Hold(TimeSpan left)
    {
        await process.StandardInput.WriteLineAsync(GuardProgram.HoldFor(left));
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Lets the guard do what it is there for, and waits until it has; one that hangs is ended.</summary>
    public async Task Release()
    {
        process.StandardInput.Close();
        try
        {
            await Died.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await Died;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static string Runtime =>
        Path.GetFileName(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : "dotnet";
}
