using System.Security.Cryptography;

namespace Steady.Web.FrontDoor;

/// <summary>
/// Scripts and styles at addresses that name this very build. A browser keeps them and asks no more: a page of fourteen scripts that were asked for
/// again each time, if only to hear that nothing has changed, was a third of a second late.
/// </summary>
public static class OwnFiles
{
    private const string Root = "/files";

    // What it lists has a print of each file's content.
    private static readonly string Manifest = Path.Combine(
        AppContext.BaseDirectory,
        "Steady.Web.staticwebassets.endpoints.json"
    );

    // Components that are drawn outside of the console, by tests, have no files.
    private static readonly string Build = File.Exists(Manifest)
        ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Manifest)).AsSpan(0, 6))
        : "none";

    /// <param name="path">As it lies in <c>wwwroot</c>: <c>js/live.js</c>. What a script imports stands beside it.</param>
    public static string At(string path) => $"{Root}/{Build}/{path}";

    public static bool IsOne(HttpRequest request) => request.Path.StartsWithSegments(Root);

    public static void MapOwnFiles(this IEndpointRouteBuilder app)
    {
        app.MapGroup($"{Root}/{Build}").MapStaticAssets(Manifest).AllowAnonymous().Add(Keep);
        // A page that was open while the console was replaced gets the file as it is now.
        app.MapGet($"{Root}/{{build}}/{{**path}}", Newer).AllowAnonymous();
    }

    private static IResult Newer(string build, string path) =>
        build == Build ? TypedResults.NotFound() : TypedResults.LocalRedirect(At(path));

    private static void Keep(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
            return answer(http);
        };
    }
}
