using System.IO.Compression;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;
using Steady.Web.FrontDoor;

namespace Steady.Web.Pages;

/// <summary>Components as answers, and what every answer of the console says to the browser.</summary>
public static class Html
{
    // No script and no style but our own files; nothing of ours inside anybody's frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IResult Of<TComponent>(object model, int status = StatusCodes.Status200OK)
        where TComponent : IComponent =>
        new RazorComponentResult<TComponent>(new { Model = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Pages, their scripts and styles, and what pictures are drawn from; a stream of events never, or it would be held back.</summary>
    public static void AddCompression(this WebApplicationBuilder builder)
    {
        // Run as it was built, the platform would pack scripts and styles anew each time, into parcels as large as they are.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        var services = builder.Services;
        services.AddResponseCompression(options =>
        {
            // The console's forms carry tokens that differ each time, so that sizes tell nothing.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "text/javascript", "text/css"];
            options.Providers.Add(new Packer());
            options.Providers.Add<GzipCompressionProvider>();
        });
        // The fastest is hardly smaller than nothing on columns of numbers.
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app) => app.Use(AddHeaders);

    private static Task AddHeaders(HttpContext http, Func<Task> next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // What the services answer through the front door is theirs.
        if (!http.Request.Path.StartsWithSegments("/api"))
        {
            headers.ContentSecurityPolicy = Policy;
            headers.XFrameOptions = "DENY";
            if (!OwnFiles.IsOne(http.Request))
                headers.CacheControl = "no-cache, no-store";
        }

        return next();
    }
}

/// <summary>
/// Brotli as dense as it is still quick: beside the fourth quality, which the platform offers, ten thousand entries of a timeline are a tenth
/// smaller and take two milliseconds more; the seventh would take thirty.
/// </summary>
public sealed class Packer : ICompressionProvider
{
    private static readonly BrotliCompressionOptions Dense = new() { Quality = 6 };

    public string EncodingName => "br";

    public bool SupportsFlush => true;

    public Stream CreateStream(Stream outputStream) => new BrotliStream(outputStream, Dense, leaveOpen: true);
}
