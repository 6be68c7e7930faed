namespace Steady.OpenSlo;

/// <summary>Writes objects so that reading them gives the same objects again.</summary>
public static class Export
{
    /// <summary>A stream of documents.</summary>
    public static string Yaml(params IReadOnlyList<Node> objects) =>
        string.Join("---\n", objects.Select(YamlWriter.Write));

    /// <summary>One object, or a list of several; indented.</summary>
    public static string Json(params IReadOnlyList<Node> objects) =>
        JsonWriter.Write(objects.Count == 1 ? objects[0] : new ListNode(objects), indented: true) + "\n";

    /// <summary>One object on one line, for comparing and keeping.</summary>
    public static string Compact(Node node) => JsonWriter.Write(node, indented: false);
}
