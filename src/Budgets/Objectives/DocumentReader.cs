using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Steady.Budgets.Objectives;

/// <summary>Reads YAML and JSON into the same nodes. Anchors, tags and more than one document are refused, not guessed at.</summary>
public static class DocumentReader
{
    private const int Deepest = 40;

    public static DocumentNode Read(string text, bool json) => json ? ReadJson(text) : ReadYaml(text);

    private static DocumentNode ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            return Convert(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new DocumentException($"This is not JSON: {e.Message}", (int)(e.LineNumber ?? 0) + 1);
        }
    }

    private static DocumentNode Convert(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => Map(
                element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Convert(member.Value))),
                0
            ),
            JsonValueKind.Array => new ListNode([.. element.EnumerateArray().Select(Convert)], 0),
            JsonValueKind.String => new ScalarNode(element.GetString()!, true, 0),
            JsonValueKind.Null => new NoNode(0),
            _ => new ScalarNode(element.GetRawText(), false, 0),
        };

    private static DocumentNode ReadYaml(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                throw new DocumentException("The document is empty.", 1);
            var root = Convert(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
                throw new DocumentException("There is more than one document.", Line(second));
            return root;
        }
        catch (YamlException e)
        {
            throw new DocumentException($"This is not YAML: {e.Message}", (int)e.Start.Line);
        }
    }

    private static DocumentNode Convert(Parser parser, int depth)
    {
        if (depth > Deepest)
            throw new DocumentException($"The document is nested deeper than {Deepest}.", Line(parser.Current!));
        if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false })
            throw new DocumentException("Anchors and aliases are not read. Write the value out.", Line(parser.Current));
        if (parser.TryConsume<YamlScalar>(out var scalar))
            return Convert(scalar);
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<DocumentNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Convert(parser, depth + 1));
            return new ListNode(items, Line(list));
        }

        var map = parser.Consume<MappingStart>();
        var members = new List<KeyValuePair<string, DocumentNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<YamlScalar>();
            members.Add(KeyValuePair.Create(key.Value, Convert(parser, depth + 1)));
        }

        return Map(members, Line(map));
    }

    private static DocumentNode Convert(YamlScalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return new ScalarNode(scalar.Value, true, Line(scalar));
        if (scalar.Value is "" or "~" or "null" or "Null" or "NULL")
            return new NoNode(Line(scalar));
        var isBool = scalar.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";
        return new ScalarNode(scalar.Value, !isBool && !Numbers.IsNumber(scalar.Value), Line(scalar));
    }

    private static MapNode Map(IEnumerable<KeyValuePair<string, DocumentNode>> pairs, int line)
    {
        var members = pairs.ToList();
        var twice = members.GroupBy(member => member.Key).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new MapNode(members, line)
            : throw new DocumentException($"The key '{twice.Key}' stands here twice.", twice.Last().Value.Line);
    }

    private static int Line(ParsingEvent parsed) => (int)parsed.Start.Line;
}
