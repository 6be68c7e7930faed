using Steady.Tests.Support;

namespace Steady.Tests.EndToEnd.Hosting;

/// <summary>A scratch folder inside the checkout, and the processes that have anything to do with it.</summary>
internal sealed class Place : IDisposable
{
    private readonly string root = Repository.File(
        ".local",
        $"hosting-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"
    );

    public Place() => System.IO.Directory.CreateDirectory(root);

    public string Root => root;

    public string Directory(string name) => Path.Combine(root, name);

    /// <summary>Command lines that name this folder, or whose working directory, log or environment lies in it; zombies do not count.</summary>
    public IReadOnlyList<string> Processes() =>
        [
            .. System
                .IO.Directory.GetDirectories("/proc")
                .Where(p => int.TryParse(Path.GetFileName(p), out var id) && id != Environment.ProcessId)
                .Where(p =>
                    Read(p, "cmdline").Length > 0
                    && (Read(p, "cmdline") + Read(p, "environ")).Contains(root, StringComparison.Ordinal)
                )
                .Select(p => $"{Path.GetFileName(p)} {Read(p, "cmdline").Replace('\0', ' ')}"),
        ];

    public void Dispose() => System.IO.Directory.Delete(root, recursive: true);

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
