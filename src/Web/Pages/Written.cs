using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>What was written; null where it cannot be read, of which the service says more.</summary>
    public static T? Read<T>(string text)
        where T : class => Of<T>(text, "").Document;

    /// <summary>What it is called; null where it does not say so.</summary>
    public static string? Name(string text) =>
        PlainDocument.Json(text, out _) is { } json
        && JsonNode.Parse(json) is JsonObject members
        && members["name"] is JsonValue value
        && value.TryGetValue<string>(out var name)
            ? name
            : null;

    /// <summary>The name in a document that is not that of its page: it would make another thing of it. Null where all is well.</summary>
    /// <param name="name">What the page is about; null for a new one, which may have any name.</param>
    /// <param name="text">The document.</param>
    public static string? OtherName(string? name, string text) =>
        name is not null && Name(text) is { } given && given != name ? given : null;

    /// <summary>Whether it says what stands there already.</summary>
    public static bool Says<T>(string text, T standing)
        where T : class =>
        Read<T>(text) is { } written
        && JsonSerializer.Serialize(written, Json.Options) == JsonSerializer.Serialize(standing, Json.Options);
}
