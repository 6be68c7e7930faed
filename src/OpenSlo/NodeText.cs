namespace Steady.OpenSlo;

/// <summary>Documents of any kind as nodes, for readers of other formats: bounded as <see cref="Limits"/> says, and written so that it reads back the same.</summary>
public static class NodeText
{
    /// <summary>The documents of a text, or the rule that it breaks.</summary>
    public static (IReadOnlyList<Node> Documents, Finding? Broken) Read(string text, bool json)
    {
        if (text.Length > Limits.Characters)
            return ([], new("", "too_large", $"More than {Limits.Characters} characters.", ""));
        if (json && IsTooDeep(text))
            return ([], new("", "too_deep", $"Nested deeper than {Limits.Depth}.", ""));
        try
        {
            return (json ? [JsonText.Read(text)] : YamlText.Read(text), null);
        }
        catch (DocumentException e)
        {
            return ([], new("", e.Rule, e.Message, "", e.Line));
        }
    }

    public static string ToYaml(Node node) => YamlWriter.Write(node);

    public static string ToJson(Node node, bool indented = true) => JsonWriter.Write(node, indented);

    // The parser of JSON calls depth a mistake of syntax; who wrote the text should be told what it is.
    private static bool IsTooDeep(string text)
    {
        var (depth, inText) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (inText)
            {
                if (text[at] == '\\')
                    at++;
                else
                    inText = text[at] != '"';
                continue;
            }

            inText = text[at] == '"';
            depth += text[at] switch
            {
                '{' or '[' => 1,
                '}' or ']' => -1,
                _ => 0,
            };
            if (depth > Limits.Depth)
                return true;
        }

        return false;
    }
}
