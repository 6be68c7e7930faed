using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Steady.ServiceDefaults;

/// <summary>
/// The build starts each service once, to write down its OpenAPI document. Then there is neither store nor broker, and
/// nothing but the web host, which knows the endpoints, may start.
/// </summary>
internal static class Describing
{
    public static bool IsOn { get; } = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    public static void Apply(WebApplicationBuilder builder)
    {
        var name = builder.Environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
        builder.Configuration.AddInMemoryCollection([
            new($"ConnectionStrings:{name}", "Host=nowhere"),
            new("ConnectionStrings:bus", "amqp://nowhere"),
        ]);
        builder.Host.UseServiceProviderFactory(new OnlyTheWebHost());
    }

    private sealed class OnlyTheWebHost : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            var idle = services
                .Where(service => service.ServiceType == typeof(IHostedService))
                .Where(service => service.ImplementationType?.Name != "GenericWebHostService")
                .ToList();
            idle.ForEach(service => services.Remove(service));
            return services;
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) =>
            containerBuilder.BuildServiceProvider();
    }
}
