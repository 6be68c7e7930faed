using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Steady.LocalHosting.Running;

/// <summary>What Aspire would put into the environment of a project.</summary>
internal static class ProjectEnvironment
{
    public static async Task<IReadOnlyDictionary<string, string>> Of(
        ProjectResource project,
        IConfiguration configuration,
        IHostEnvironment host,
        CancellationToken stop
    )
    {
        var context = new EnvironmentCallbackContext { CancellationToken = stop };
        Telemetry(project.Name, configuration, host, context.EnvironmentVariables);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        Addresses(project, context.EnvironmentVariables);
        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            resolved[name] = await Resolve(value, stop);
        }

        return resolved;
    }

    private static void Addresses(ProjectResource project, Dictionary<string, object> variables)
    {
        var urls = project
            .Annotations.OfType<EndpointAnnotation>()
            .Where(e => e.UriScheme is "http" or "https")
            .Select(e => e.Url)
            .ToList();
        if (urls.Count > 0)
        {
            variables.TryAdd("ASPNETCORE_URLS", string.Join(';', urls));
        }
    }

    // Aspire falls back to port 18889; without a dashboard that would be exporters knocking at nothing, so here it must be said.
    private static void Telemetry(
        string name,
        IConfiguration configuration,
        IHostEnvironment host,
        Dictionary<string, object> variables
    )
    {
        var collector =
            configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
        if (string.IsNullOrEmpty(collector))
        {
            return;
        }

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_SERVICE_NAME"] = name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] =
            $"service.instance.id={RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (host.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }

    private static async ValueTask<string> Resolve(object value, CancellationToken stop) =>
        value switch
        {
            EndpointReference endpoint => endpoint.Url,
            ParameterResource parameter => await parameter.GetValueAsync(stop) ?? "",
            _ => (string)value,
        };
}
