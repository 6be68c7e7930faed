using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Steady.Web.FrontDoor;

/// <summary>
/// One address for all APIs: <c>/api/incidents/v1/…</c> reaches Incidents as <c>/v1/…</c>. The caller's token is passed on
/// and checked by the service; the console's cookie opens nothing here.
/// </summary>
public static class ReverseProxy
{
    // A feed says nothing while nothing happens; an answer has to come.
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Feed = TimeSpan.FromHours(24);

    public static void AddFrontDoor(this IServiceCollection services, Addresses addresses)
    {
        // A line per request, and a stack trace per service that is away: the answer and the trace say both already.
        services.AddLogging(logging => logging.AddFilter("Yarp", LogLevel.Error));
        services
            .AddReverseProxy()
            .LoadFromMemory(
                [.. Addresses.Services.SelectMany(Routes)],
                [.. Addresses.Services.SelectMany(service => Clusters(service, addresses.Of(service)))]
            )
            .AddTransforms(context => context.AddResponseTransform(KeepLocation));
    }

    public static void MapFrontDoor(this IEndpointRouteBuilder routes) =>
        routes.MapReverseProxy(pipeline => pipeline.Use(SayWhatIsDown));

    // Counters come in larger bodies than commands; the service has its own limit, this one only lets them through.
    private const long MostOfCounters = 8 * 1024 * 1024;

    // A storm comes in large messages too.
    private const long MostOfAlerts = 16 * 1024 * 1024;

    // Evidence is imported whole, or not at all.
    private const long MostOfEvidence = 16 * 1024 * 1024;

    private static IEnumerable<RouteConfig> Routes(string service)
    {
        yield return Route(service, service, "{**rest}");
        yield return Route($"{service}-feed", service, "v1/feed");
        // Everybody's: the page is found where people look for it.
        if (service == "incidents")
            yield return Status(service);
        if (service == "incidents")
        {
            yield return Route(service, service, "v1/intake/{**rest}") with
            {
                RouteId = "incidents-intake",
                MaxRequestBodySize = MostOfAlerts,
            };
            foreach (var path in (string[])["v1/entries:batch", "v1/incidents/{id}/entries:batch"])
                yield return Route(service, service, path) with
                {
                    RouteId = $"incidents-{path}",
                    MaxRequestBodySize = MostOfEvidence,
                };
        }

        if (service != "budgets")
            yield break;
        foreach (var path in (string[])["api/v1/write", "v1/metrics"])
            yield return Route(service, service, path) with
            {
                RouteId = $"{service}-{path}",
                MaxRequestBodySize = MostOfCounters,
            };
    }

    private static RouteConfig Status(string service) =>
        new RouteConfig
        {
            RouteId = "status",
            ClusterId = service,
            AuthorizationPolicy = "Anonymous",
            Match = new RouteMatch { Path = "/status/{**rest}" },
            Metadata = new Dictionary<string, string> { ["service"] = service },
        }.WithTransformRequestHeaderRemove("Cookie");

    private static RouteConfig Route(string cluster, string service, string rest) =>
        new RouteConfig
        {
            RouteId = cluster,
            ClusterId = cluster,
            AuthorizationPolicy = "Anonymous",
            Match = new RouteMatch { Path = $"/api/{service}/{rest}" },
            Metadata = new Dictionary<string, string> { ["service"] = service },
        }
            .WithTransformPathRemovePrefix($"/api/{service}")
            .WithTransformRequestHeaderRemove("Cookie");

    private static IEnumerable<ClusterConfig> Clusters(string service, Uri address)
    {
        var destinations = new Dictionary<string, DestinationConfig>
        {
            [service] = new() { Address = address.ToString() },
        };
        yield return new ClusterConfig
        {
            ClusterId = service,
            Destinations = destinations,
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Answer },
        };
        yield return new ClusterConfig
        {
            ClusterId = $"{service}-feed",
            Destinations = destinations,
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Feed },
        };
    }

    // A service knows its own paths only; what it created is found behind this door.
    private static ValueTask KeepLocation(ResponseTransformContext answer)
    {
        var http = answer.HttpContext;
        var service = http.GetReverseProxyFeature().Route.Config.Metadata!["service"];
        if (http.Response.Headers.Location.ToString() is ['/', ..] path)
            http.Response.Headers.Location = $"/api/{service}{path}";
        return ValueTask.CompletedTask;
    }

    private static async Task SayWhatIsDown(HttpContext http, Func<Task> next)
    {
        await next();
        if (
            http.GetForwarderErrorFeature() is null
            || http.Response.HasStarted
            || http.RequestAborted.IsCancellationRequested
        )
            return;
        var service = http.GetReverseProxyFeature().Route.Config.Metadata!["service"];
        await TypedResults
            .Problem(
                $"The service '{service}' does not answer, so nothing was done. Try again when 'GET /health' of it says so.",
                statusCode: StatusCodes.Status502BadGateway,
                type: "urn:steady:problem:service-unreachable",
                extensions: new Dictionary<string, object?> { ["code"] = "service-unreachable" }
            )
            .ExecuteAsync(http);
    }
}
