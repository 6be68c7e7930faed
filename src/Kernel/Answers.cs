using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Steady.Kernel;

/// <summary>Turns outcomes into HTTP answers, in one place.</summary>
public static class Answers
{
    /// <summary>204 with the stream's version as ETag; 404, 409, 412 or 422 with a problem.</summary>
    /// <param name="outcome">What became of the write.</param>
    public static IResult ToResult(this Outcome outcome) =>
        outcome switch
        {
            Outcome.Done done => new Tagged(TypedResults.NoContent(), done.Version),
            Outcome.Repeated repeated => new Tagged(TypedResults.NoContent(), repeated.Version),
            _ => outcome.ToProblem(),
        };

    /// <summary>201 with location, ETag and body, also for a repeated request; else a problem.</summary>
    /// <typeparam name="T">The body's type.</typeparam>
    /// <param name="outcome">What became of the write.</param>
    /// <param name="location">Address of what was created, from its id.</param>
    /// <param name="body">The body, from the id.</param>
    public static async Task<IResult> ToCreated<T>(
        this Outcome outcome,
        Func<Guid, string> location,
        Func<Guid, Task<T>> body
    ) =>
        outcome switch
        {
            Outcome.Done done => new Tagged(TypedResults.Created(location(done.Id), await body(done.Id)), done.Version),
            Outcome.Repeated repeated => new Tagged(
                TypedResults.Created(location(repeated.Id), await body(repeated.Id)),
                repeated.Version
            ),
            _ => outcome.ToProblem(),
        };

    /// <summary>200 with a body and its version as ETag, or 404.</summary>
    /// <typeparam name="T">The body's type.</typeparam>
    /// <param name="view">The view; null when there is none.</param>
    /// <param name="version">Its stream's version.</param>
    public static IResult ToView<T>(this T? view, Func<T, long> version)
        where T : class => view is null ? Missing() : new Tagged(TypedResults.Ok(view), version(view));

    /// <summary>404.</summary>
    public static IResult Missing() => Problem(404, "not-found", "There is nothing under this address.");

    /// <summary>A problem document with a stable code and the trace id.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="detail">For people: what was refused, why, what would be accepted.</param>
    /// <param name="more">Further members, for example the findings of an import.</param>
    public static IResult Problem(int status, string code, string detail, IDictionary<string, object?>? more = null)
    {
        var members = new Dictionary<string, object?>(more ?? new Dictionary<string, object?>())
        {
            ["code"] = code,
            ["traceId"] = Activity.Current?.TraceId.ToString(),
        };
        return TypedResults.Problem(
            detail,
            statusCode: status,
            type: $"urn:steady:problem:{code}",
            extensions: members
        );
    }

    private static IResult ToProblem(this Outcome outcome) =>
        outcome switch
        {
            Outcome.Refused refused => Problem(409, refused.Reason.Code, refused.Reason.Detail),
            Outcome.Missing => Missing(),
            Outcome.Stale stale => Problem(
                412,
                "version-stale",
                $"If-Match names a version that is no longer the newest. Read again: the version is now \"{stale.Version}\"."
            ),
            Outcome.Taken { KeyReused: true } => Problem(
                422,
                "idempotency-key-reused",
                "This Idempotency-Key was sent before with another body. Send the same body, or a new key."
            ),
            Outcome.Taken => Problem(
                409,
                "already-exists",
                "This already exists with other content. Choose another name."
            ),
            _ => throw new UnreachableException(),
        };

    private sealed class Tagged(IResult inner, long version) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = $"\"{version}\"";
            return inner.ExecuteAsync(httpContext);
        }
    }
}
