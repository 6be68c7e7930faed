using System.Text.Json;
using Steady.Contracts;
using Steady.OpenSlo;

namespace Steady.Web.Pages;

/// <summary>Documents of our own that people write into a field, YAML or JSON. Pure.</summary>
public static class Written
{
    /// <summary>What was written; or else what is wrong with it.</summary>
    /// <param name="text">The field.</param>
    /// <param name="accepted">What there should be, for who wrote nothing.</param>
    public static (T? Document, string? Wrong) Of<T>(string text, string accepted)
        where T : class
    {
        if (PlainDocument.Json(text, out var wrong) is not { } json)
            return (null, wrong);
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json.Options) is { } document
                ? (document, null)
                : (null, accepted);
        }
        catch (JsonException e)
        {
            return (null, $"{e.Path}: {e.Message.Split(" Path:")[0]} {accepted}");
        }
    }
}
