using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

public interface IResourceAnnotation;

public sealed class EndpointAnnotation(string name, string uriScheme, int? port, int? targetPort, bool isExternal)
    : IResourceAnnotation
{
    public string Name { get; } = name;
    public string UriScheme { get; } = uriScheme;
    public int? Port { get; } = port;
    public int? TargetPort { get; } = targetPort;
    public bool IsExternal { get; set; } = isExternal;

    // Nothing stands before a process here, so what it listens on is what others are told.
    internal string Url =>
        $"{UriScheme}://localhost:{(TargetPort ?? Port ?? Missing()).ToString(CultureInfo.InvariantCulture)}";

    private int Missing() =>
        throw new DistributedApplicationException($"Endpoint '{Name}' has no port; this host allots none.");
}

/// <summary>Said by WithReference, for whoever draws or checks the model.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;
    public string Type { get; } = type;
}

public sealed class WaitAnnotation(IResource resource) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;
}

public sealed class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

public sealed class EnvironmentCallbackContext
{
    public Dictionary<string, object> EnvironmentVariables { get; } = [];
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Healthy when GET on the path of the endpoint answers with the status.</summary>
internal sealed record HttpHealthCheckAnnotation(string Endpoint, string Path, int StatusCode) : IResourceAnnotation;
