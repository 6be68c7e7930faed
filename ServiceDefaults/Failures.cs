using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Steady.ServiceDefaults;

internal static class Failures
{
    /// <summary>A body that is too large, or breaks off, is the caller's doing; all else is ours.</summary>
    public static int StatusOf(Exception failure) => (failure as BadHttpRequestException)?.StatusCode ?? 500;

    /// <summary>Every problem has a stable code, a sentence that says what to do, and the trace id.</summary>
    public static void Explain(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString();
        if (problem is HttpValidationProblemDetails validation)
            validation.Errors = FieldNames.AsSent(validation.Errors);
        if (problem.Extensions.ContainsKey("code"))
            return;
        var (code, detail) = problem.Status switch
        {
            400 => (
                "malformed",
                "The request cannot be read. See 'errors' for the fields, or send JSON that matches the documented shape."
            ),
            401 => (
                "token-missing",
                "This needs a bearer token that is valid now. Get one with 'steady token create'."
            ),
            403 => ("scope-missing", "The token lacks the scope for this. Ask for a token with it."),
            404 => ("not-found", "There is nothing under this address."),
            413 => ("too-large", "The body is larger than this address accepts."),
            415 => ("media-type", "Send application/json."),
            _ => ("failed", "Something broke here, not in your request. Quote the trace id."),
        };
        problem.Extensions["code"] = code;
        problem.Detail ??= detail;
        problem.Type = $"urn:steady:problem:{code}";
    }
}
