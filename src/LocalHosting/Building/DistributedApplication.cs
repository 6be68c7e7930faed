using System.Reflection;
using Steady.LocalHosting.Running;

namespace Aspire.Hosting;

public sealed class DistributedApplication
{
    private static readonly AsyncLocal<Action<IDistributedApplicationBuilder>?> Observer = new();
    private readonly IDistributedApplicationBuilder builder;

    internal DistributedApplication(IDistributedApplicationBuilder builder)
    {
        this.builder = builder;
        Observer.Value?.Invoke(builder);
    }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        new DistributedApplicationBuilder(args, Assembly.GetCallingAssembly());

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Starts everything in the order of its waits, and stops it again at Ctrl-C, SIGTERM or the token.</summary>
    public Task RunAsync(CancellationToken cancellationToken = default) =>
        new Orchestrator(builder.Resources, builder.Configuration, builder.Environment).Run(cancellationToken);

    /// <summary>Shows the model to a test just before it would run; what the observer throws ends the AppHost.</summary>
    internal static void Observe(Action<IDistributedApplicationBuilder>? observer) => Observer.Value = observer;
}
