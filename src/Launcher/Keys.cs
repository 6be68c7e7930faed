using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>The signing key and the tokens of the platform's own processes; the web console makes them.</summary>
internal static class Keys
{
    /// <summary>Makes what is missing; answers the parameters of AppHost.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Make(Settings settings, CancellationToken stop)
    {
        var launch = new Launch("dotnet", settings.Assembly("Web", "Steady.Web"), "bootstrap", settings.Keys)
        {
            Directory = settings.Root,
        };
        var (code, output) = await Tool.Run(launch, stop);
        if (code != 0)
        {
            throw new UserError($"The keys could not be made (code {Settings.Text(code)}).\n{output}");
        }

        return new Dictionary<string, string>
        {
            ["Parameters__signing-key"] = Read(settings, "signing.key"),
            ["Parameters__public-key"] = Read(settings, "signing.pub"),
            ["Parameters__lease-key"] = Read(settings, "lease.key"),
            ["Parameters__lease-public-key"] = Read(settings, "lease.pub"),
            ["Parameters__login-code"] = Read(settings, "login.code"),
            ["Parameters__experiments-token"] = Read(settings, "experiments.token"),
            ["Parameters__shop-token"] = Read(settings, "shop.token"),
            ["Parameters__web-token"] = Read(settings, "web.token"),
        };
    }

    public static string Read(Settings settings, string name) =>
        File.ReadAllText(Path.Combine(settings.Keys, name)).Trim();
}
