using System.Text.Json;

namespace Steady.OpenSlo;

/// <summary>Reads JSON into the same nodes as YAML.</summary>
internal static class JsonText
{
    public static Node Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Limits.Depth });
            var root = Value(document.RootElement);
            return root.Weight <= Limits.Values
                ? root
                : throw new DocumentException("too_many", $"More than {Limits.Values} values.", 0);
        }
        catch (JsonException e)
        {
            throw new DocumentException("syntax", $"This is not JSON: {e.Message}", (int)(e.LineNumber ?? -1) + 1);
        }
        // Half of a surrogate pair, in the text or escaped in it.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new DocumentException("syntax", "This is not JSON: a character is incomplete.", 0);
        }
    }

    private static Node Value(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => Members(element),
            JsonValueKind.Array => new ListNode([.. element.EnumerateArray().Select(Value)]),
            JsonValueKind.String => new TextNode(element.GetString()!),
            JsonValueKind.Number => new NumberNode(element.GetRawText()),
            JsonValueKind.Null => new NoNode(),
            _ => new TruthNode(element.GetBoolean()),
        };

    private static MapNode Members(JsonElement element)
    {
        var members = new List<KeyValuePair<string, Node>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                throw new DocumentException("duplicate_key", $"The key '{member.Name}' stands here twice.", 0);
            members.Add(KeyValuePair.Create(member.Name, Value(member.Value)));
        }

        return new MapNode(members);
    }
}
