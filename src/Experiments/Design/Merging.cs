using System.Text.Json.Nodes;

namespace Steady.Experiments.Design;

/// <summary>Fills what a document does not say from another one.</summary>
internal static class Merging
{
    /// <summary>What the document says itself stays. Lists are met by name where their items have one, else by place.</summary>
    public static void Fill(JsonObject document, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            if (document[name] is null)
                document[name] = value?.DeepClone();
            else if (document[name] is JsonObject inner && value is JsonObject other)
                Fill(inner, other);
            else if (document[name] is JsonArray items && value is JsonArray others)
                document[name] = Fill(items, others);
        }
    }

    private static JsonArray Fill(JsonArray items, JsonArray more)
    {
        var filled = new List<(int Order, JsonNode? Item)>();
        foreach (var (at, item) in items.Index())
        {
            var place = more.Index().FirstOrDefault(other => Meets(other.Item, item, other.Index == at), (-1, null));
            if (item is JsonObject members && place.Item is JsonObject other)
                Fill(members, other);
            filled.Add((place.Index >= 0 ? place.Index : int.MaxValue, item));
        }

        items.Clear();
        return [.. filled.OrderBy(item => item.Order).Select(item => item.Item)];
    }

    private static bool Meets(JsonNode? left, JsonNode? right, bool samePlace) =>
        left is JsonObject a && right is JsonObject b && a["name"] is { } name && b["name"] is { } other
            ? $"{name}" == $"{other}"
            : samePlace;
}
