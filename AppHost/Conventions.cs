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
        var usual = Path.Combine(agent.ApplicationBuilder.AppHostDirectory, "..", ".local");
        var local = agent.ApplicationBuilder.Configuration["STEADY_LOCAL"] ?? usual;
        var journal = Path.Combine(local, "fault-agent", "journal.jsonl");
        agent.WithEnvironment("Proxies__0__Name", name).WithEnvironment("Proxies__0__Listen", listen);
        agent
            .WithEnvironment("Proxies__0__Upstream", upstream)
            .WithEnvironment("Journal__Path", Path.GetFullPath(journal));
    }
}
