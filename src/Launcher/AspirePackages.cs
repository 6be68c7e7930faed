using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>Asks NuGet once whether Aspire's own packages can be had here; the answer is kept in .local/aspire-hosting.</summary>
internal static class AspirePackages
{
    public static async Task<bool> CanBeRestored(Settings settings, CancellationToken stop)
    {
        // The answer is about this machine and checkout, wherever the data are.
        var answer = Path.Combine(settings.Root, ".local", "aspire-hosting");
        if (!File.Exists(answer))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(answer)!);
            // Into a scratch folder: a failed restore must not spoil what the build restored.
            string[] arguments =
            [
                "restore",
                Path.Combine(settings.Root, "AppHost", "AppHost.csproj"),
                "-p:AspireHosting=package",
                $"-p:ArtifactsPath={settings.In("aspire")}",
                "--verbosity",
                "quiet",
            ];
            var (code, _) = await Tool.Run(new Launch("dotnet", arguments) { Directory = settings.Root }, stop);
            await File.WriteAllTextAsync(answer, code == 0 ? "package" : "local", stop);
        }

        return (await File.ReadAllTextAsync(answer, stop)).Trim() == "package";
    }

    /// <summary>Builds AppHost against the packages, apart from the ordinary build; answers its assembly.</summary>
    public static async Task<string> Build(Settings settings, CancellationToken stop)
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
        var (code, output) = await Tool.Run(new Launch("dotnet", arguments) { Directory = settings.Root }, stop);
        return code == 0
            ? settings.In("aspire", "bin", "AppHost", "release", "Steady.AppHost.dll")
            : throw new UserError(
                $"AppHost does not build against Aspire.Hosting; delete .local/aspire-hosting to ask again.\n{output}"
            );
    }
}
