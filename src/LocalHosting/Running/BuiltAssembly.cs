using System.Xml.Linq;
using Aspire.Hosting;

namespace Steady.LocalHosting.Running;

/// <summary>Finds what a build made of a project. Building at start would cost each start what a build costs.</summary>
internal static class BuiltAssembly
{
    public static string Of(string projectPath)
    {
        var name = Path.GetFileNameWithoutExtension(projectPath);
        var file = $"{AssemblyName(projectPath) ?? $"Steady.{name}"}.dll";
        // Our own assembly lies in artifacts/bin/<project>/<configuration>/, and so do theirs.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, file);
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException(
                $"it is not built: {assembly} is missing. Run `dotnet build` first"
            );
    }

    private static string? AssemblyName(string projectPath) =>
        File.Exists(projectPath)
            ? XDocument.Load(projectPath).Descendants("AssemblyName").FirstOrDefault()?.Value
            : throw new DistributedApplicationException($"there is no project {projectPath}");
}
