using System.Net;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent;

/// <summary>
/// Ends what an agent before this one left, opens the edges that the configuration lists before the agent answers, and leaves none behind: <c>Proxies:0:Name</c>,
/// <c>:Listen</c>, <c>:Upstream</c>.
/// </summary>
public sealed class EdgesWorker(
    IConfiguration configuration,
    Proxies proxies,
    InjectorList injectors,
    Denied denied,
    LeaseBook leases,
    ILogger<EdgesWorker> log
) : IHostedService
{
    private sealed record Setting(string Name, string Listen, string Upstream);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await injectors.Recover(log, cancellationToken);
        foreach (var setting in configuration.GetSection("Proxies").Get<Setting[]>() ?? [])
        {
            if (denied.At(setting.Upstream) is { } own)
                throw new InvalidOperationException(
                    $"Proxies: {setting.Name} leads to {own}, which Denied:Addresses lists. Put no edge before it."
                );
            var edge =
                proxies.Add(setting.Name, Parse(setting, setting.Listen), Parse(setting, setting.Upstream))
                ?? throw new InvalidOperationException(
                    $"Proxies lists {setting.Name} twice. Give each edge its own name."
                );
            edge.Start();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await leases.RevertAll();
        }
        finally
        {
            foreach (var edge in proxies.All)
                edge.Stop();
        }
    }

    private static EndPoint Parse(Setting setting, string address) =>
        Address.Parse(address)
        ?? throw new InvalidOperationException(
            $"Proxies: {setting.Name} has the address '{address}'. Write host:port."
        );
}
