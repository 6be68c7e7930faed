using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Steady.Chaos;

/// <summary>Where a service gets its leases.</summary>
public sealed class ChaosOptions
{
    /// <summary>The fault agent's address.</summary>
    public required Uri Agent { get; init; }

    /// <summary>The name under which the agent's configuration lists this service as a target of the injector <c>service</c>.</summary>
    public required string Target { get; init; }

    /// <summary>A bearer token with the scope <c>experiments:read</c>.</summary>
    public required string Token { get; init; }
}

/// <summary>Switches chaos on in a service: nothing is injected before, and nothing after its lease.</summary>
public static class ChaosSetup
{
    /// <summary>
    /// Registers <see cref="ChaosLeases"/> and asks the agent for leases as long as the service runs. Without options –
    /// the usual case in production outside of game days – nobody is asked and no lease ever comes.
    /// </summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="options">Where the leases are; null for never.</param>
    /// <returns>The same registrations.</returns>
    public static IServiceCollection AddSteadyChaos(this IServiceCollection services, ChaosOptions? options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ChaosLeases>();
        if (options is null)
            return services;
        // Five lines a second of every request would hide what a service has to say during an experiment.
        services.AddSingleton(options).AddHttpClient(ChaosWorker.Client).RemoveAllLoggers();
        return services.AddHostedService<ChaosWorker>();
    }
}
