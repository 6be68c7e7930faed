using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>Asks once whether AppHost can be built on Aspire's own packages here; the answer is kept in .local/aspire-hosting.</summary>
internal static class AspirePackages
{
    public static async Task<bool> CanBeUsed(Settings settings, CancellationToken stop)
    {
        // The answer is about this machine and checkout, wherever the data are.
        var answer = Path.Combine(settings.Root, ".local", "aspire-hosting");
        if (!File.Exists(answer))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(answer)!);
            // Packages that can be had, but not used, are no reason not to start.
            var (code, _) = await DotnetBuild(settings, stop);
            await File.WriteAllTextAsync(answer, code == 0 ? "package" : "local", stop);
        }

        return (await File.ReadAllTextAsync(answer, stop)).Trim() == "package";
    }

    /// <summary>Builds AppHost against the packages; answers its assembly.</summary>
    public static async Task<string> Build(Settings settings, CancellationToken stop)
    {
        var (code, output) = await DotnetBuild(settings, stop);
        return code == 0
            ? settings.In("aspire", "bin", "AppHost", "release", "Steady.AppHost.dll")
            : throw new UserError(
                $"AppHost does not build against Aspire.Hosting; delete .local/aspire-hosting to ask again.\n{output}"
            );
    }

    // Into a folder of its own: the ordinary build stays as it is, whatever becomes of this one.
    private static Task<(int Code, string Output)> DotnetBuild(Settings settings, CancellationToken stop)
    {
        string[] arguments =
        [
            "build",
            Path.Combine(settings.Root, "AppHost", "AppHost.csproj"),
            "-p:AspireHosting=package",
            $"-p:ArtifactsPath={settings.In("aspire")}",
            "--verbosity",
            "quiet",
            "--nologo",
        ];
        return Tool.Run(new Launch("dotnet", arguments) { Directory = settings.Root }, stop);
    }
}
