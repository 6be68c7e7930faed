using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>An answer in the form that the caller accepts, with a tag that tells whether it is still the same.</summary>
public static class NegotiatedEndpoint
{
    public const string Plain = "application/json";
    private static readonly string[] Forms = [Plain, Rendering.Markdown, Rendering.Csv, Rendering.Lines];

    /// <summary>The form that is preferred among those there are; JSON for whoever takes anything.</summary>
    public static string FormOf(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .Accept.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => Array.Find(Forms, form => one.MediaType.Equals(form, StringComparison.OrdinalIgnoreCase)))
            .OfType<string>()
            .FirstOrDefault()
        ?? Plain;

    public static IResult Answer(HttpRequest request, TimelineAnswer answer)
    {
        var (form, response) = (FormOf(request), request.HttpContext.Response);
        // What moves with the clock is no difference.
        var same = JsonSerializer.SerializeToUtf8Bytes(
            answer with
            {
                KnownThrough = null,
                From = null,
                To = null,
            },
            Json.Options
        );
        var tag =
            $"W/\"{Convert.ToHexStringLower(SHA256.HashData([.. same, .. Encoding.ASCII.GetBytes(form)]))[..32]}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.Accept;
        if (request.Headers.IfNoneMatch.Any(one => one?.Split(',').Any(each => each.Trim() == tag) is true))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (form == Plain)
            return TypedResults.Text(JsonSerializer.Serialize(answer, Json.Options), Plain, Encoding.UTF8);
        // What has no place in the text stands beside it.
        if (answer.KnownThrough is { } through)
            response.Headers["Known-Through"] = through.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        if (answer.Next is { } next)
            response.Headers["Next"] = next;
        return TypedResults.Text(Rendering.Render(answer, form), form, Encoding.UTF8);
    }
}
