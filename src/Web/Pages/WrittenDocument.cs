using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.OpenSlo;

namespace Steady.Web.Pages;

/// <summary>A document as somebody writes it, YAML or JSON. Pure; what cannot be read, the service says more of.</summary>
public static class WrittenDocument
{
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

    /// <summary>What it says; null where it cannot be read.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return PlainDocument.Json(text, out _) is { } json
                ? JsonSerializer.Deserialize<T>(json, Json.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it says what stands there already.</summary>
    public static bool Says<T>(string text, T standing)
        where T : class =>
        Read<T>(text) is { } written
        && JsonSerializer.Serialize(written, Json.Options) == JsonSerializer.Serialize(standing, Json.Options);
}
