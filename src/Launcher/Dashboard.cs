using System.Runtime.InteropServices;
using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>The real Aspire dashboard, from the npm package of Aspire's CLI. Without npm one warning, and the platform runs without it.</summary>
internal sealed class Dashboard(Settings settings) : IAsyncDisposable
{
    private const string Version = "13.5.4";

    private OwnedProcess? process;

    private static string Package =>
        $"@microsoft/aspire-cli-linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    // Installed once per checkout, wherever its data are.
    private string Home => Path.Combine(settings.Root, ".local", "dashboard");

    // Said last, so that an installation that was interrupted is not taken for one.
    private string Installed => Path.Combine(Home, $"installed-{Version}");

    /// <summary>What the CLI unpacks beside itself: the dashboard, and the orchestrator that Aspire's own packages use.</summary>
    public string Bundle => Path.Combine(Home, "node_modules", Package, "bundle");

    private string Program => Path.Combine(Bundle, "managed", "aspire-managed");

    /// <summary>Installs it once. False, after a warning, when that cannot be done.</summary>
    public async Task<bool> Install(CancellationToken stop)
    {
        if (File.Exists(Installed))
        {
            return true;
        }

        if (Tool.Find("npm") is null)
        {
            Terminal.Warn("npm is not installed, so there is no Aspire dashboard: no telemetry is shown.");
            return false;
        }

        Terminal.Line($"Installing the Aspire dashboard ({Package} {Version}) from npm ...");
        var (code, log) = await Fetch(stop);
        if (code != 0 || !File.Exists(Program))
        {
            Terminal.Warn($"The Aspire dashboard could not be installed: {log.Split('\n').LastOrDefault()}");
            return false;
        }

        await File.WriteAllTextAsync(Installed, "", stop);
        return true;
    }

    private async Task<(int Code, string Output)> Fetch(CancellationToken stop)
    {
        Directory.CreateDirectory(Path.Combine(Home, "home"));
        string[] install =
        [
            "install",
            "--omit-lockfile-registry-resolved",
            "--no-audit",
            "--no-fund",
            $"{Package}@{Version}",
        ];
        var installed = await Run("npm", stop, install);
        var cli = Path.Combine(Home, "node_modules", Package, "bin", "aspire");
        return installed.Code == 0 ? await Run(cli, stop, "setup", "--nologo", "--non-interactive") : installed;
    }

    public void Start()
    {
        process = OwnedProcess.Start(
            new Launch(Program, "dashboard")
            {
                Directory = Home,
                LogFile = settings.In("log", "dashboard.log"),
                Environment = new Dictionary<string, string>(Quiet)
                {
                    ["ASPNETCORE_URLS"] = settings.Address("dashboard"),
                    ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.Address("otlp"),
                    ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = settings.Address("otlp-http"),
                    ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
                },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.Stop();
        }
    }

    // Nothing of it may write to, or ask anything of, the person's own home.
    private Dictionary<string, string> Quiet =>
        new()
        {
            ["HOME"] = Path.Combine(Home, "home"),
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE"] = "false",
            ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        };

    private Task<(int Code, string Output)> Run(string program, CancellationToken stop, params string[] arguments)
    {
        // npm finds its registry and its cache by the person's own settings; only the CLI gets the scratch home.
        var environment = program == "npm" ? [] : Quiet;
        return Tool.Run(new Launch(program, arguments) { Directory = Home, Environment = environment }, stop);
    }
}
