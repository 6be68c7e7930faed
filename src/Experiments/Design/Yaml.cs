using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Steady.Experiments.Design;

/// <summary>YAML as JSON, by the core schema of YAML 1.2. Aliases are refused: a small document must stay small.</summary>
public static class Yaml
{
    private const int Deepest = 16;

    public static JsonNode? ToJson(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count switch
        {
            0 => null,
            1 => Convert(stream.Documents[0].RootNode, 0),
            _ => throw new YamlException("Give one document, not several."),
        };
    }

    private static JsonNode? Convert(YamlNode node, int depth)
    {
        if (depth > Deepest)
            throw new YamlException(node.Start, node.End, $"This is nested deeper than {Deepest} levels.");
        // An alias is the very node that it points at, met again.
        if (!node.Anchor.IsEmpty)
            throw new YamlException(node.Start, node.End, "Anchors and aliases are not accepted. Write it out.");
        return node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(pair =>
                    KeyValuePair.Create(pair.Key.ToString(), Convert(pair.Value, depth + 1))
                )
            ),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(item => Convert(item, depth + 1))]),
            YamlScalarNode scalar => Scalar(scalar),
            _ => throw new YamlException(node.Start, node.End, "Anchors and aliases are not accepted. Write it out."),
        };
    }

    private static JsonNode? Scalar(YamlScalarNode scalar) =>
        scalar.Style != ScalarStyle.Plain
            ? JsonValue.Create(scalar.Value)
            : scalar.Value switch
            {
                null or "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => JsonValue.Create(true),
                "false" or "False" or "FALSE" => JsonValue.Create(false),
                var whole
                    when long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) =>
                    JsonValue.Create(n),
                var number
                    when decimal.TryParse(
                        number,
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture,
                        out var n
                    ) => JsonValue.Create(n),
                var text => JsonValue.Create(text),
            };
}
