using System.Diagnostics;

namespace Steady.LocalHosting.Processes;

/// <summary>Runs a short command to its end.</summary>
public static class Tool
{
    public static async Task<(int Code, string Output)> Run(Launch launch, CancellationToken stop)
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var process = OwnedProcess.Start(launch with { OnLine = lines.Enqueue });
        var code = await process.Exit.WaitAsync(stop);
        await process.DrainOutput();
        return (code, string.Join('\n', lines));
    }

    /// <summary>The full path of a program, as a shell would find it; null when it is not installed.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
