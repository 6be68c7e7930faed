using Steady.LocalHosting.Processes;

namespace Steady.LocalHosting.Servers;

/// <summary>Waits until a server answers in its own protocol: a port that accepts is no server that works.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task Await(
        string name,
        OwnedProcess process,
        string log,
        Func<Task<bool>> ready,
        CancellationToken stop
    )
    {
        while (!await ready())
        {
            if (process.Exit.IsCompleted)
            {
                throw new InvalidOperationException(
                    $"{name} ended with code {await process.Exit} while starting.\n{Tail(log)}"
                );
            }

            await Task.Delay(Pause, TimeProvider.System, stop);
        }
    }

    public static string Tail(string log) =>
        File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(15)) : $"{log} is empty.";
}
