using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal sealed partial class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<IResource> resources = [];

    public DistributedApplicationBuilder(string[] args, Assembly? appHost)
    {
        var host = Host.CreateApplicationBuilder(args);
        Configuration = host.Configuration;
        Environment = host.Environment;
        AppHostDirectory =
            appHost
                ?.GetCustomAttributes<AssemblyMetadataAttribute>()
                .FirstOrDefault(m => string.Equals(m.Key, "AppHostProjectPath", StringComparison.OrdinalIgnoreCase))
                ?.Value
            ?? host.Environment.ContentRootPath;
    }

    public ConfigurationManager Configuration { get; }
    public string AppHostDirectory { get; }
    public IHostEnvironment Environment { get; }
    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();
    public IReadOnlyCollection<IResource> Resources => resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (!ValidName().IsMatch(resource.Name))
        {
            throw new DistributedApplicationException(
                $"Resource name '{resource.Name}' is invalid. Names start with a letter and hold letters, digits and single hyphens."
            );
        }

        if (resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException(
                $"A resource with the name '{resource.Name}' already exists. Names ignore case."
            );
        }

        resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => new(this);

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9]){0,63}$")]
    private static partial Regex ValidName();
}
