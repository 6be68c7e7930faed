using System.Diagnostics;

namespace Steady.LocalHosting.Processes;

/// <summary>What to start and how it wants to be stopped.</summary>
public sealed record Launch(string Program, params IReadOnlyList<string> Arguments)
{
    public string Directory { get; init; } = "/";
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets both output streams appended; the process then needs nobody to read them.</summary>
    public string? LogFile { get; init; }

    /// <summary>Gets every line of both output streams.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>A directory the process may find as /proc/self/fd/9, also where its user may not walk the path to it.</summary>
    public string? Handle { get; init; }

    public int StopSignal { get; init; } = Signals.Terminate;
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// A process that ends with us: in its own session (so that Ctrl-C reaches only us, and we stop it in order), watched (so that our death
/// is its death), and stopped with all that it started.
/// </summary>
public sealed class OwnedProcess : IAsyncDisposable
{
    // In bash, because other shells drop variables whose names hold a hyphen, as names of services do.
    // Waits for the go, so that nothing runs before the watchdog knows of it; when we die first, the read fails and nothing starts.
    private const string Script = """
        read -r _ || exit 125
        [ -z "$1" ] || exec >>"$1" 2>&1
        [ -z "$2" ] || exec 9<"$2"
        shift 2
        exec "$@" </dev/null
        """;

    private readonly Launch launch;
    private readonly Process process;
    private readonly TaskCompletionSource<int> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OwnedProcess(Launch launch, Process process) => (this.launch, this.process) = (launch, process);

    public int Id { get; private init; }

    /// <summary>Completes with the exit code; for a process ended by a signal, 128 and its number.</summary>
    public Task<int> Exit => exit.Task;

    public static OwnedProcess Start(Launch launch)
    {
        var process = new Process { StartInfo = StartInfo(launch), EnableRaisingEvents = true };
        if (launch.OnLine is { } onLine)
        {
            process.OutputDataReceived += (_, e) => Forward(e.Data, onLine);
            process.ErrorDataReceived += (_, e) => Forward(e.Data, onLine);
        }

        process.Start();
        var owned = new OwnedProcess(launch, process) { Id = process.Id };
        process.Exited += (_, _) => owned.Ended();
        Watchdog.Watch(owned.Id, launch.StopSignal);
        if (launch.OnLine is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        process.StandardInput.WriteLine("go");
        process.StandardInput.Close();
        return owned;
    }

    /// <summary>Asks politely, then insists. A process that is stopped or deaf does not outlive its grace, nor does anything it started.</summary>
    public async Task Stop()
    {
        if (!Exit.IsCompleted)
        {
            Signals.Send(Id, launch.StopSignal);
            var grace = Task.Delay(launch.Grace, TimeProvider.System, CancellationToken.None);
            if (await Task.WhenAny(Exit, grace) != Exit)
            {
                Signals.SendToGroup(Id, Signals.Kill);
            }
        }

        await Exit;
        Signals.SendToGroup(Id, Signals.Kill);
    }

    /// <summary>As a power cut would end it.</summary>
    public async Task Kill()
    {
        Signals.SendToGroup(Id, Signals.Kill);
        await Exit;
    }

    /// <summary>The last lines may still be on their way when the exit is known.</summary>
    internal Task DrainOutput() => process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(Launch launch)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = launch.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = launch.OnLine is not null,
            RedirectStandardError = launch.OnLine is not null,
        };
        string[] head = ["bash", "-c", Script, "bash", launch.LogFile ?? "", launch.Handle ?? "", launch.Program];
        foreach (var argument in head.Concat(launch.Arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static void Forward(string? line, Action<string> onLine)
    {
        if (line is not null)
        {
            onLine(line);
        }
    }

    private void Ended()
    {
        Watchdog.Forget(Id);
        exit.TrySetResult(process.ExitCode);
    }
}
