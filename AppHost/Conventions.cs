using System.Data.Common;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Steady.AppHost;

/// <summary>What is always said together.</summary>
internal static class Conventions
{
    /// <summary>Knows the address of the other, and starts after it is healthy.</summary>
    public static IResourceBuilder<ProjectResource> Uses(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<ProjectResource> other
    ) => project.WithReference(other).WaitFor(other);

    /// <summary>Has a connection string to the server, and starts after it is healthy.</summary>
    public static IResourceBuilder<ProjectResource> Uses(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<IResourceWithConnectionString> server,
        string? name = null
    ) => project.WithReference(server, name).WaitFor(server);

    /// <summary>Has a token for its own calls to others.</summary>
    public static IResourceBuilder<ProjectResource> Speaks(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<ParameterResource> token
    ) => project.WithEnvironment("Auth__ServiceToken", token);

    /// <summary>
    /// Tells the agent which faults to bring in, and starts after it. Each lease is signed with a key of which the agent
    /// knows the public half.
    /// </summary>
    public static void Commands(
        this IResourceBuilder<ProjectResource> experiments,
        IResourceBuilder<ProjectResource> agent,
        IResourceBuilder<ParameterResource> key,
        IResourceBuilder<ParameterResource> publicKey
    )
    {
        experiments.Uses(agent).WithEnvironment("Leases__SigningKey", key);
        agent.WithEnvironment("Leases__PublicKey", publicKey);
    }

    /// <summary>Plays one of the shop's parts, and reports its counts with the token.</summary>
    public static IResourceBuilder<ProjectResource> As(
        this IResourceBuilder<ProjectResource> shop,
        string role,
        IResourceBuilder<ParameterResource> token
    ) => shop.WithEnvironment("Shop__Role", role).Speaks(token);

    /// <summary>Starts with a proxy on one edge, and keeps its undo journal beside the platform's other data.</summary>
    public static void Proxies(
        this IResourceBuilder<ProjectResource> agent,
        string name,
        string listen,
        string upstream
    )
    {
        var journal = agent.Local("fault-agent", "journal.jsonl");
        agent.WithEnvironment("Proxies__0__Name", name).WithEnvironment("Proxies__0__Listen", listen);
        agent.WithEnvironment("Proxies__0__Upstream", upstream).WithEnvironment("Journal__Path", journal);
    }

    /// <summary>
    /// Never breaks the servers whose connection strings were given, nor the services. Where the servers are not known
    /// beforehand nothing is said, and an agent that was told nothing breaks nothing but its edges.
    /// </summary>
    public static IResourceBuilder<ProjectResource> Spares(
        this IResourceBuilder<ProjectResource> agent,
        bool given,
        params IResourceBuilder<ProjectResource>[] services
    )
    {
        if (!given)
            return agent;
        var connections = agent.ApplicationBuilder.Configuration.GetSection("ConnectionStrings").GetChildren();
        var servers = connections.Select(one => one.Value).OfType<string>().Select(Address);
        var ports = services.SelectMany(one => one.Resource.Annotations.OfType<EndpointAnnotation>());
        var all = servers.Concat(ports.Select(one => FormattableString.Invariant($"127.0.0.1:{one.Port}")));
        foreach (var (i, address) in all.Distinct().ToList().Index())
            agent.WithEnvironment(FormattableString.Invariant($"Denied__Addresses__{i}"), address);
        return agent;
    }

    /// <summary>May break the process that listens on a port.</summary>
    public static void MayBreak(this IResourceBuilder<ProjectResource> agent, string target, int port)
    {
        agent.WithEnvironment("Targets__0__Name", target).WithEnvironment("Targets__0__Injector", "process");
        agent.WithEnvironment("Targets__0__Port", port.ToString(CultureInfo.InvariantCulture));
    }

    // RabbitMQ's is an address, PostgreSQL's a list of names and values.
    private static string Address(string connection)
    {
        if (Uri.TryCreate(connection, UriKind.Absolute, out var uri))
            return FormattableString.Invariant($"{uri.Host}:{(uri.IsDefaultPort ? 5672 : uri.Port)}");
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        return $"{(parts.TryGetValue("Host", out var host) ? host : "127.0.0.1")}:{(parts.TryGetValue("Port", out var port) ? port : "5432")}";
    }

    /// <summary>Has a folder for what must outlive a restart of the console: the keys of its cookies, and that a login code was used.</summary>
    public static IResourceBuilder<ProjectResource> Remembers(this IResourceBuilder<ProjectResource> console) =>
        console.WithEnvironment("Console__State", console.Local("web"));

    /// <summary>Can lead from a line of a timeline to its trace, where a dashboard was said to run.</summary>
    public static IResourceBuilder<ProjectResource> LinksToDashboard(this IResourceBuilder<ProjectResource> console) =>
        console.ApplicationBuilder.Configuration["Dashboard:Url"] is { Length: > 0 } address
            ? console.WithEnvironment("Dashboard__Url", address)
            : console;

    /// <summary>Whoever is paged finds the console's address in the page.</summary>
    public static IResourceBuilder<ProjectResource> IsNamedInPages(
        this IResourceBuilder<ProjectResource> console,
        IResourceBuilder<ProjectResource> incidents,
        int port
    )
    {
        incidents.WithEnvironment("Paging__Console", $"http://localhost:{port}/");
        return console;
    }

    private static string Local(this IResourceBuilder<ProjectResource> project, params string[] parts)
    {
        var usual = Path.Combine(project.ApplicationBuilder.AppHostDirectory, "..", ".local");
        var local = project.ApplicationBuilder.Configuration["STEADY_LOCAL"] ?? usual;
        return Path.GetFullPath(Path.Combine([local, .. parts]));
    }
}
