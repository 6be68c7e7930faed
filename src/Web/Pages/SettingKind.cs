using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.OpenSlo;

namespace Steady.Web.Pages;

/// <summary>A document as it is set now, and by whom.</summary>
public sealed record StandingSetting(long Version, object Document, string? By, DateTimeOffset? At, string Reason);

/// <summary>A sort of document that is set as a whole, with a reason.</summary>
/// <param name="Path">Below <c>/settings</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Meaning">What it decides.</param>
/// <param name="Command">Does the same in a terminal.</param>
/// <param name="Back">Where it is shown.</param>
/// <param name="Sample">What a new one begins with; null where there is one, and always is.</param>
/// <param name="Document">What it is read as.</param>
/// <param name="Read">The one that is set now.</param>
/// <param name="Set">Sets it in place of a version.</param>
public sealed record SettingKind(
    string Path,
    string Title,
    string Meaning,
    string Command,
    string Back,
    string? Sample,
    Type Document,
    Func<Apis, string, CancellationToken, Task<StandingSetting>> Read,
    Func<Apis, string, object, long, CancellationToken, Task> Set
)
{
    private const string Reason = "reason";

    /// <summary>A document as people write it; why it is so is asked for beside it.</summary>
    public static string Write(object document)
    {
        var json = JsonSerializer.SerializeToNode(document, document.GetType(), Json.Options)!.AsObject();
        json.Remove(Reason);
        Prune(json);
        return PlainDocument.Yaml(json.ToJsonString());
    }

    /// <summary>A document as it was written, with why it is to be so; or else what is wrong with it.</summary>
    public (object? Document, string? Wrong) Understand(string text, string reason)
    {
        if (PlainDocument.Json(text, out var wrong) is not { } json)
            return (null, wrong);
        if (JsonNode.Parse(json) is not JsonObject members)
            return (null, "These are no members with values, such as name: value.");
        // In a file that is applied it stands in the document.
        if (reason != "" || members[Reason] is null)
            members[Reason] = reason;
        try
        {
            return (members.Deserialize(Document, Json.Options), null);
        }
        catch (JsonException e)
        {
            return (null, $"{e.Path}: {e.Message.Split(" Path:")[0]}");
        }
    }

    // What is not said says nothing: a document of absent things is hard to read.
    private static void Prune(JsonNode node)
    {
        if (node is JsonObject members)
            foreach (var (name, _) in members.Where(one => one.Value is null).ToList())
                members.Remove(name);
        foreach (var child in Children(node))
            Prune(child);
    }

    private static IEnumerable<JsonNode> Children(JsonNode node) =>
        node switch
        {
            JsonObject members => members.Select(one => one.Value!),
            JsonArray items => items.OfType<JsonNode>(),
            _ => [],
        };
}
