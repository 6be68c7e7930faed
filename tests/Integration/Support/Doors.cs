using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Support;

/// <summary>Walks a service's route table: no door is open, and a token alone opens none.</summary>
public static class Doors
{
    // No token of ours can be sent there: the body is signed instead.
    private static readonly string[] Signed = ["/v1/gates/github", $"/v1/intake/{Guid.Empty}/slack"];

    // Drop-in doors of another product: the key is in the body, and the answer is that product's.
    private static readonly string[] Keyed = ["/v2/enqueue", "/v2/change/enqueue"];

    // The address itself is the secret.
    private const string Secret = "/v1/calendars/";
    private static readonly string[] Open = ["/health", "/alive", "/openapi", "/scalar", "/status"];

    /// <summary>Every route answers 401 without a token and 403 with one that has no scope; only what describes the service is open.</summary>
    public static async Task AreClosed(Harness service)
    {
        using var nobody = service.Client("");
        using var anybody = service.Client("nothing:at-all");
        var walked = 0;
        foreach (var (method, path, open) in Routes(service))
        {
            if (open && Signed.Contains(path))
            {
                await Refuses(nobody, method, path, HttpStatusCode.Unauthorized, "signature-invalid");
                await Refuses(anybody, method, path, HttpStatusCode.Unauthorized, "signature-invalid");
                continue;
            }

            if (open && Keyed.Contains(path))
            {
                using var sent = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var answer = await nobody.PostAsync(path, sent, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
                continue;
            }

            if (open && path.StartsWith(Secret, StringComparison.Ordinal))
            {
                await Refuses(nobody, method, path, HttpStatusCode.NotFound, "not-found");
                continue;
            }

            if (open)
            {
                Assert.Contains(Open, prefix => path.StartsWith(prefix, StringComparison.Ordinal));
                continue;
            }

            await Refuses(nobody, method, path, HttpStatusCode.Unauthorized, "token-missing");
            await Refuses(anybody, method, path, HttpStatusCode.Forbidden, "scope-missing");
            walked++;
        }

        Assert.NotEqual(0, walked);
    }

    private static IEnumerable<(string Method, string Path, bool Open)> Routes(Harness service) =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(Segment)), open);

    private static string Segment(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPathSegment segment) =>
        string.Concat(
            segment.Parts.Select(part =>
                part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                    _ => Guid.Empty.ToString(),
                }
            )
        );

    private static async Task Refuses(HttpClient caller, string method, string path, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "DELETE"))
            request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await caller.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{method} {path} answered {answer.StatusCode}, not {status}.");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }
}
