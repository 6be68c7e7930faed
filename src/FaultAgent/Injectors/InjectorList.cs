using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Injectors;

/// <summary>The injectors there are.</summary>
internal static class InjectorSetup
{
    public static IServiceCollection AddInjectors(this IServiceCollection services) =>
        services
            .AddSingleton<Targets>()
            .AddSingleton<Denied>()
            .AddSingleton<IInjector, TcpInjector>()
            .AddSingleton<IInjector, ProcessInjector>()
            .AddSingleton<IInjector, PostgresInjector>()
            .AddSingleton<IInjector, RabbitInjector>()
            .AddSingleton<IInjector, PortInjector>()
            .AddSingleton<ChaosBoard>()
            .AddSingleton<IInjector, ServiceInjector>()
            .AddSingleton<InjectorList>()
            .AddHttpClient();
}

/// <summary>All injectors by name.</summary>
public sealed class InjectorList(IEnumerable<IInjector> all)
{
    private readonly IReadOnlyList<IInjector> all = [.. all];

    public IReadOnlyList<InjectorView> Views => [.. all.Select(injector => injector.View)];

    public IInjector? Find(string name) => all.FirstOrDefault(injector => injector.View.Name == name);

    public string Names => string.Join(", ", all.Select(injector => injector.View.Name));

    /// <summary>Ends what an agent before this one may have left behind; what cannot be reached now ends by itself.</summary>
    public async Task Recover(ILogger log, CancellationToken stop)
    {
        foreach (var injector in all)
        {
            try
            {
                await injector.Recover(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(
                    e,
                    "{Injector} could not look for faults of an agent before this one",
                    injector.View.Name
                );
            }
        }
    }
}
