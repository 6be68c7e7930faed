using System.Text;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Status;

/// <summary>The public status page.</summary>
public static class StatusEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/status", Summary)
            .WithTags("Status")
            .WithSummary("The public status page, for programs that have a token")
            .Produces<StatusSummary>();

    /// <summary>For everybody: no token, and nothing but what customers were told.</summary>
    public static void Open(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/status").AllowAnonymous().WithTags("Status");
        open.MapGet("", Page).WithSummary("The public status page").Produces<string>(200, "text/html");
        open.MapGet("/summary.json", Summary).WithSummary("The same as JSON").Produces<StatusSummary>();
        open.MapGet("/feed.atom", Feed).WithSummary("The same as a feed").Produces<string>(200, "application/atom+xml");
        open.MapGet("/style.css", () => TypedResults.Text(StatusText.Style, "text/css", Encoding.UTF8))
            .WithSummary("How the page looks")
            .Produces<string>(200, "text/css");
    }

    /// <summary>A page without scripts that nobody shows within theirs.</summary>
    public static IResult Html(HttpResponse response, string html, int status = StatusCodes.Status200OK)
    {
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        // The address of a page may be a secret.
        response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Text(html, "text/html", Encoding.UTF8, status);
    }

    private static async Task<IResult> Page(
        StatusWorker status,
        StatusSettings settings,
        HttpResponse response,
        CancellationToken stop
    ) =>
        await status.Current(stop) is { } known
            ? Html(response, StatusText.Html(known, settings.TakesAddresses))
            : Unknown();

    private static async Task<IResult> Summary(StatusWorker status, CancellationToken stop) =>
        await status.Current(stop) is { } known ? TypedResults.Ok(known) : Unknown();

    private static async Task<IResult> Feed(StatusWorker status, CancellationToken stop) =>
        await status.Current(stop) is { } known
            ? TypedResults.Text(StatusText.Atom(known), "application/atom+xml", Encoding.UTF8)
            : Unknown();

    public static IResult Unknown() =>
        Answers.Problem(
            503,
            "status-unknown",
            "Nothing is known yet, and it cannot be asked for at the moment. Try again in a minute."
        );
}
