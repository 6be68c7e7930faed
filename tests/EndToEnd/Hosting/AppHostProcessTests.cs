using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Hosting;

/// <summary>
/// AppHost as it is, with addresses of servers that do not answer: the fault agent needs none of them, so it runs, while the others knock
/// or give up. Whatever then happens to AppHost, nothing that it started stays.
/// </summary>
public sealed class AppHostProcessTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly Place place = new();

    [Fact]
    public async Task Told_to_stop_it_stops_all_that_it_started()
    {
        using var appHost = await Begin();

        Signals.Send(appHost.Id, Signals.Terminate);
        await appHost
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Soon, TestContext.Current.CancellationToken);

        Assert.Empty(place.Processes());
    }

    [Fact]
    public async Task A_service_that_hangs_does_not_survive_the_stop()
    {
        using var appHost = await Begin();
        var hung = FaultAgent();
        Signals.Send(hung, Signals.Stop);

        Signals.Send(appHost.Id, Signals.Terminate);
        await appHost
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Soon, TestContext.Current.CancellationToken);

        Assert.Empty(place.Processes());
    }

    [Fact]
    public async Task Killed_outright_it_takes_its_services_along()
    {
        using var appHost = await Begin();
        Signals.Send(FaultAgent(), Signals.Stop);

        Signals.Send(appHost.Id, Signals.Kill);

        await Eventually(() => place.Processes().Count == 0);
    }

    public void Dispose()
    {
        foreach (var process in place.Processes())
        {
            Signals.Send(int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture), Signals.Kill);
        }

        place.Dispose();
    }

    private async Task<Process> Begin()
    {
        var assembly = Repository.File("artifacts", "bin", "AppHost", "release", "Steady.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", assembly)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.File("AppHost"),
        };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        var appHost = Process.Start(start)!;
        var healthy = new TaskCompletionSource();
        appHost.OutputDataReceived += (_, e) =>
        {
            if (e.Data == "[fault-agent] healthy")
            {
                healthy.TrySetResult();
            }
        };
        appHost.BeginOutputReadLine();
        await healthy.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        return appHost;
    }

    private Dictionary<string, string> Settings()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        var nowhere = $"127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}";
        var settings = new Dictionary<string, string>
        {
            // Inherited by all that AppHost starts: this is how Place finds them.
            ["STEADY_LOCAL"] = place.Root,
            ["ConnectionStrings__bus"] = $"amqp://nobody:nothing@{nowhere}/",
            ["Parameters__public-key"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            ["Parameters__lease-public-key"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            ["Parameters__lease-key"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "",
        };
        foreach (var database in new[] { "budgetsdb", "incidentsdb", "experimentsdb" })
        {
            settings[$"ConnectionStrings__{database}"] =
                $"Host=127.0.0.1;Port={nowhere.Split(':')[1]};Username=nobody;Password=nothing";
        }

        foreach (
            var name in new[]
            {
                "budgets",
                "incidents",
                "experiments",
                "fault-agent",
                "ledger",
                "checkout",
                "edge",
                "web",
            }
        )
        {
            settings[$"Ports__{name}"] = Ports.Free().ToString(CultureInfo.InvariantCulture);
        }

        foreach (var name in new[] { "signing-key", "login-code", "experiments-token", "shop-token", "web-token" })
        {
            settings[$"Parameters__{name}"] = "unused";
        }

        return settings;
    }

    private int FaultAgent()
    {
        var process = place.Processes().Single(p => p.Contains("Steady.FaultAgent.dll", StringComparison.Ordinal));
        return int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Soon, TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
