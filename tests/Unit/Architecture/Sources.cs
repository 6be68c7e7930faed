using Steady.Tests.Support;

namespace Steady.Tests.Unit.Architecture;

/// <summary>A source file of the repository.</summary>
internal sealed record Source(string Path, IReadOnlyList<string> Lines)
{
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path);
}

internal static class Sources
{
    /// <summary>Our C# files below a folder; empty when there is no such folder.</summary>
    public static IEnumerable<Source> Of(params string[] folder)
    {
        var root = Repository.File(folder);
        return Directory.Exists(root)
            ? Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => new Source(path, File.ReadAllLines(path)))
            : [];
    }
}
