using System.Text.Json;
using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>
/// At most one platform per folder. The lock is the kernel's, so it is gone with its holder whatever ends that; the note beside it says
/// who holds it.
/// </summary>
internal sealed class RunningInstance : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream held;
    private readonly string note;

    private RunningInstance(FileStream held, string note) => (this.held, this.note) = (held, note);

    public sealed record Note(int Pid, string Address, bool Ready);

    public static RunningInstance? TryBegin(Settings settings)
    {
        Directory.CreateDirectory(settings.Local);
        try
        {
            var held = new FileStream(
                settings.In("up.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            var instance = new RunningInstance(held, settings.In("up.json"));
            instance.Say(settings, ready: false);
            return instance;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static Note? Read(Settings settings)
    {
        var file = settings.In("up.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<Note>(File.ReadAllText(file)) : null;
    }

    public void Say(Settings settings, bool ready)
    {
        // Moved into place whole: another process may read at any moment.
        File.WriteAllText(
            $"{note}.new",
            JsonSerializer.Serialize(new Note(Environment.ProcessId, settings.Address("web"), ready))
        );
        File.Move($"{note}.new", note, overwrite: true);
    }

    /// <summary>Stops the one that runs and waits until it is gone. False: none ran.</summary>
    public static async Task<bool> End(Settings settings)
    {
        if (Free(settings))
        {
            return false;
        }

        var pid =
            Read(settings)?.Pid
            ?? throw new UserError("One is running, but .local/up.json does not say which process it is.");
        Signals.Send(pid, Signals.Terminate);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!Free(settings))
        {
            if (patience.IsCancellationRequested)
            {
                // Its watchdog ends what it started.
                Signals.Send(pid, Signals.Kill);
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        return true;
    }

    public void Dispose()
    {
        File.Delete(note);
        held.Dispose();
    }

    private static bool Free(Settings settings)
    {
        Directory.CreateDirectory(settings.Local);
        try
        {
            using var probe = new FileStream(
                settings.In("up.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
