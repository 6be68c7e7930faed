using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent;

/// <summary>Opens the agent after its addresses are known and before it counts as started, or stops it with a reason.</summary>
public sealed class OpenModeWorker(Seal seal, IServer server, ILogger<OpenModeWorker> log) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!seal.WantsOpen)
            return Task.CompletedTask;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (seal.Open(addresses) is { } reason)
            throw new InvalidOperationException(reason);
        log.LogWarning("Open mode: faults are taken without a signature, from this machine");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
