using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;
using Steady.Incidents.Timeline.Export;

namespace Steady.Incidents.Timeline.Query;

/// <summary>An answer in the form that the caller accepts, with a tag that tells whether it is still the same.</summary>
public static class NegotiatedEndpoint
{
    public const string Plain = "application/json";
    private static readonly string[] Forms =
    [
        Plain,
        Rendering.Markdown,
        Rendering.Csv,
        Rendering.Lines,
        HtmlDocument.Type,
        PdfDocument.Type,
    ];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["json"] = Plain,
        ["md"] = Rendering.Markdown,
        ["csv"] = Rendering.Csv,
        ["ndjson"] = Rendering.Lines,
        ["html"] = HtmlDocument.Type,
        ["pdf"] = PdfDocument.Type,
    };

    public static bool IsKnown(string format) => Names.ContainsKey(format);

    public static string AllNames { get; } = string.Join(", ", Names.Keys);

    /// <summary>Whether it is a document, which is not turned over page by page.</summary>
    public static bool IsDocument(string form) => form is HtmlDocument.Type or PdfDocument.Type;

    /// <summary>The form that is named, or preferred among those there are; JSON for whoever takes anything.</summary>
    public static string FormOf(HttpRequest request) =>
        Names.GetValueOrDefault(request.Query["format"].ToString()) ?? Accepted(request);

    private static string Accepted(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .Accept.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => Array.Find(Forms, form => one.MediaType.Equals(form, StringComparison.OrdinalIgnoreCase)))
            .OfType<string>()
            .FirstOrDefault()
        ?? Plain;

    /// <param name="about">The incident that it is of, for a document.</param>
    public static IResult Answer(HttpRequest request, TimelineAnswer answer, IncidentView? about = null)
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
        return form switch
        {
            PdfDocument.Type => TypedResults.Bytes(QueryDocument.Pdf(answer, about), form, $"{NameOf(about)}.pdf"),
            HtmlDocument.Type => TypedResults.Text(QueryDocument.Html(answer, about), form, Encoding.UTF8),
            _ => TypedResults.Text(Rendering.Render(answer, form), form, Encoding.UTF8),
        };
    }

    private static string NameOf(IncidentView? about) => about is null ? "timeline" : $"INC-{about.Number}-timeline";
}
