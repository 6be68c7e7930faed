using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

internal sealed record Switches(bool Check, bool Demo, bool Fresh);

/// <summary>The platform from start to stop: servers, keys, dashboard, AppHost; stopped in the opposite order, whatever happened.</summary>
internal sealed class Platform(Settings settings, Switches switches)
{
    private readonly long started = TimeProvider.System.GetTimestamp();

    public async Task<int> Run(RunningInstance instance, CancellationToken stop)
    {
        var own = !BackingServers.AreGiven();
        Prepare();
        if (own)
        {
            await Install(stop);
        }

        await using var servers = new BackingServers();
        await using var dashboard = new Dashboard(settings);
        await using var appHost = new AppHostProcess(settings);
        try
        {
            return await Play(instance, servers, dashboard, appHost, stop);
        }
        finally
        {
            Terminal.Quiet("Stopping ...");
        }
    }

    private async Task<int> Play(
        RunningInstance instance,
        BackingServers servers,
        Dashboard dashboard,
        AppHostProcess appHost,
        CancellationToken stop
    )
    {
        var (strings, keys) = (servers.Start(settings, stop), Keys.Make(settings, stop));
        var (telemetry, packages) = (dashboard.Install(stop), AspirePackages.CanBeUsed(settings, stop));
        await Task.WhenAll(strings, keys, telemetry, packages);
        // Aspire's packages bring no orchestrator of their own: it comes in the same bundle as the dashboard.
        var aspire = await packages && await telemetry;
        var parameters = (await strings).Concat(await keys).Concat(Telemetry(await telemetry, aspire, dashboard));
        if (await telemetry && !aspire)
        {
            dashboard.Start();
        }

        var assembly = aspire
            ? await AspirePackages.Build(settings, stop)
            : settings.Assembly("AppHost", "Steady.AppHost");
        appHost.Start(assembly, parameters);
        await appHost.Healthy(stop);
        Banner.Show(settings, await telemetry, aspire, Took());
        return await AfterStart(instance, appHost, stop);
    }

    private async Task<int> AfterStart(RunningInstance instance, AppHostProcess appHost, CancellationToken stop)
    {
        if (switches.Check)
        {
            return await Story.Play(settings, "check", stop);
        }

        if (switches.Demo && await Story.Play(settings, "demo", stop) is not 0 and var failed)
        {
            return failed;
        }

        instance.Say(settings, ready: true);
        var code = await appHost.Exit.WaitAsync(stop);
        Terminal.Warn($"AppHost ended by itself with code {Settings.Text(code)}; see {settings.Log}.");
        return 1;
    }

    private void Prepare()
    {
        if (switches.Fresh)
        {
            Wipe();
        }

        Directory.CreateDirectory(settings.In("log"));
        File.Delete(settings.Log);
        var conflicts = PortHolders.Conflicts(settings);
        if (conflicts.Count > 0)
        {
            throw new UserError(string.Join('\n', conflicts));
        }
    }

    // What was installed or found out stays; what the platform remembers goes.
    private void Wipe()
    {
        foreach (var name in new[] { "postgres", "rabbit", "keys", "fault-agent", "web", "log" })
        {
            if (Directory.Exists(settings.In(name)))
            {
                Directory.Delete(settings.In(name), recursive: true);
            }
        }
    }

    private async Task Install(CancellationToken stop)
    {
        var packages = new Launch(
            Path.Combine(settings.Root, "scripts", "install-packages"),
            "postgresql",
            "rabbitmq-server"
        );
        await using var install = OwnedProcess.Start(packages);
        if (await install.Exit.WaitAsync(stop) is not 0)
        {
            // It has said why.
            throw new UserError("");
        }
    }

    private Dictionary<string, string> Telemetry(bool dashboard, bool aspire, Dashboard bundle)
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = dashboard ? settings.Address("otlp") : "",
            ["Dashboard__Url"] = dashboard ? settings.Address("dashboard") : "",
        };
        if (aspire)
        {
            variables["ASPIRE_DCP_PATH"] = Path.Combine(bundle.Bundle, "dcp");
            variables["ASPIRE_DASHBOARD_PATH"] = Path.Combine(bundle.Bundle, "managed", "aspire-managed");
            variables["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
            variables["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true";
            variables["ASPNETCORE_URLS"] = settings.Address("dashboard");
            variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://127.0.0.1:{Settings.Text(Ports.Free())}";
        }

        return variables;
    }

    // Counted from the first line of ./up, where that is known.
    private TimeSpan Took() =>
        long.TryParse(Environment.GetEnvironmentVariable("STEADY_UP_STARTED"), out var microseconds)
            ? TimeProvider.System.GetUtcNow()
                - DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : TimeProvider.System.GetElapsedTime(started);
}
