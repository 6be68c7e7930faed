using Steady.LocalHosting.Running;
using Steady.LocalHosting.Servers;

namespace Aspire.Hosting.ApplicationModel;

// With Aspire these are containers; here they are the machine's own servers in a private directory.

public class PostgresServerResource : Resource, IResourceWithConnectionString, IRuns
{
    private readonly NativePostgres server;

    internal PostgresServerResource(string name, NativePostgres server)
        : base(name) => this.server = server;

    internal List<PostgresDatabaseResource> Databases { get; } = [];

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new(server.ConnectionString("postgres"));

    async Task IRuns.Start(CancellationToken stop)
    {
        await server.Start(stop);
        foreach (var database in Databases)
        {
            await server.EnsureDatabase(database.DatabaseName, stop);
        }
    }

    Task IRuns.Stop() => server.Stop();

    internal string ConnectionString(string database) => server.ConnectionString(database);
}

public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name),
        IResourceWithConnectionString,
        IResourceWithParent
{
    public PostgresServerResource Parent { get; } = postgresParentResource;
    public string DatabaseName { get; } = databaseName;

    IResource IResourceWithParent.Parent => Parent;

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new(Parent.ConnectionString(DatabaseName));
}

public class RabbitMQServerResource : Resource, IResourceWithConnectionString, IRuns
{
    private readonly NativeRabbit server;

    internal RabbitMQServerResource(string name, NativeRabbit server)
        : base(name) => this.server = server;

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new(server.ConnectionString("/"));

    Task IRuns.Start(CancellationToken stop) => server.Start(stop);

    Task IRuns.Stop() => server.Stop();
}
