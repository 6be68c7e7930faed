using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

public interface IResource
{
    string Name { get; }
    ResourceAnnotationCollection Annotations { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

public interface IResourceWithConnectionString : IResource
{
    string? ConnectionStringEnvironmentVariable => null;

    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}

public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;
    public ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>A .NET project of ours, run from its built assembly.</summary>
public class ProjectResource(string name, string projectPath)
    : Resource(name),
        IResourceWithEnvironment,
        IResourceWithServiceDiscovery,
        IResourceWithWaitSupport
{
    internal string ProjectPath { get; } = projectPath;
}

/// <summary>A value from configuration, `Parameters:name`.</summary>
public class ParameterResource(string name, Func<string> value, bool secret) : Resource(name)
{
    public bool Secret { get; } = secret;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(value());
}

/// <summary>A server that was given: `ConnectionStrings:name`.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<string> value)
    : ParameterResource(name, value, secret: true),
        IResourceWithConnectionString
{
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);
}
