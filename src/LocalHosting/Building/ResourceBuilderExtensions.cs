using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.WithVariable(name, value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        EndpointReference endpointReference
    )
        where T : IResourceWithEnvironment => builder.WithVariable(name, endpointReference);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        IResourceBuilder<ParameterResource> parameter
    )
        where T : IResourceWithEnvironment => builder.WithVariable(name, parameter.Resource);

    /// <summary>Gives `ConnectionStrings__NAME`.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false
    )
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var variable =
            resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? resource.Name}";
        return builder
            .Relate(resource, "Reference")
            .WithAnnotation(
                new EnvironmentCallbackAnnotation(async context =>
                {
                    var value = await resource.GetConnectionStringAsync(context.CancellationToken);
                    if (value is null && !optional)
                    {
                        throw new DistributedApplicationException(
                            $"The connection string for the resource '{resource.Name}' is not available."
                        );
                    }

                    context.EnvironmentVariables[variable] = value ?? "";
                })
            );
    }

    /// <summary>Gives `services__NAME__ENDPOINT__0` for each endpoint of the other.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source
    )
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder
            .Relate(resource, "Reference")
            .WithAnnotation(
                new EnvironmentCallbackAnnotation(context =>
                {
                    foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                    {
                        var reference = new EndpointReference(resource, endpoint.Name);
                        context.EnvironmentVariables[$"services__{resource.Name}__{endpoint.Name}__0"] = reference;
                    }

                    return Task.CompletedTask;
                })
            );
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null
    )
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null
    )
        where T : IResourceWithEndpoints
    {
        var uriScheme = scheme ?? "tcp";
        var endpoint = new EndpointAnnotation(name ?? uriScheme, uriScheme, port, targetPort, isExternal ?? false);
        if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(e => e.Name == endpoint.Name))
        {
            throw new DistributedApplicationException($"Endpoint with name '{endpoint.Name}' already exists.");
        }

        builder.WithAnnotation(endpoint);
        return env is null
            ? builder
            : builder.WithAnnotation(
                new EnvironmentCallbackAnnotation(context =>
                {
                    context.EnvironmentVariables[env] = new Uri(endpoint.Url).Port.ToString(
                        System.Globalization.CultureInfo.InvariantCulture
                    );
                    return Task.CompletedTask;
                })
            );
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (
            var endpoint in builder
                .Resource.Annotations.OfType<EndpointAnnotation>()
                .Where(e => e.UriScheme is "http" or "https")
        )
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null
    )
        where T : IResourceWithEndpoints =>
        builder.WithAnnotation(new HttpHealthCheckAnnotation(endpointName ?? "http", path ?? "/", statusCode ?? 200));

    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency
    )
        where T : IResourceWithWaitSupport =>
        builder.Relate(dependency.Resource, "WaitFor").WithAnnotation(new WaitAnnotation(dependency.Resource));

    private static IResourceBuilder<T> WithVariable<T>(this IResourceBuilder<T> builder, string name, object value)
        where T : IResource =>
        builder.WithAnnotation(
            new EnvironmentCallbackAnnotation(context =>
            {
                context.EnvironmentVariables[name] = value;
                return Task.CompletedTask;
            })
        );

    private static IResourceBuilder<T> Relate<T>(this IResourceBuilder<T> builder, IResource other, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(other, type));
}
