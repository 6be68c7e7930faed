using System.Net;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent;

/// <summary>
/// Opens the edges that the configuration lists before the agent answers, and leaves none behind: <c>Proxies:0:Name</c>,
/// <c>:Listen</c>, <c>:Upstream</c>.
/// </summary>
public sealed class EdgesWorker(IConfiguration configuration, Proxies proxies, LeaseBook leases) : IHostedService
{
    private sealed record Setting(string Name, string Listen, string Upstream);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var setting in configuration.GetSection("Proxies").Get<Setting[]>() ?? [])
        {
            var edge =
                proxies.Add(setting.Name, Parse(setting, setting.Listen), Parse(setting, setting.Upstream))
                ?? throw new InvalidOperationException(
                    $"Proxies lists {setting.Name} twice. Give each edge its own name."
                );
            edge.Start();
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        leases.RevertAll();
        foreach (var edge in proxies.All)
            edge.Stop();
        return Task.CompletedTask;
    }

    private static EndPoint Parse(Setting setting, string address) =>
        Address.Parse(address)
        ?? throw new InvalidOperationException(
            $"Proxies: {setting.Name} has the address '{address}'. Write host:port."
        );
}
