using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath
    ) =>
        builder.AddResource(
            new ProjectResource(name, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath)))
        );
}

public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        bool secret = false
    ) => builder.AddResource(new ParameterResource(name, () => Value(builder.Configuration, name), secret));

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        string name
    ) =>
        builder.AddResource(
            new ConnectionStringParameterResource(
                name,
                () =>
                    builder.Configuration.GetConnectionString(name)
                    ?? throw new DistributedApplicationException($"Connection string '{name}' is missing.")
            )
        );

    // A shell cannot export a name with a hyphen, so an underscore does as well.
    private static string Value(ConfigurationManager configuration, string name) =>
        configuration[$"Parameters:{name}"]
        ?? configuration[$"Parameters:{name.Replace('-', '_')}"]
        ?? throw new DistributedApplicationException(
            $"Parameter resource could not be used because configuration key 'Parameters:{name}' is missing."
        );
}

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name
    ) => builder.AddResource(new PostgresServerResource(name, new NativePostgres(builder.Private(name), Ports.Free())));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder,
        string name,
        string? databaseName = null
    )
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }
}

public static class RabbitMQBuilderExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name
    ) =>
        builder.AddResource(
            new RabbitMQServerResource(name, new NativeRabbit(builder.Private(name), RabbitPorts.Free()))
        );
}

internal static class PrivateDirectories
{
    public static string Private(this IDistributedApplicationBuilder builder, string name) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".local", name));
}
