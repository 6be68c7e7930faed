using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Steady.OpenSlo;

/// <summary>Reads a YAML stream. Anchors, aliases and merge keys are read, and their expansion is bounded.</summary>
internal sealed class YamlText
{
    private readonly Parser parser;
    private readonly Dictionary<string, Node> anchors = [];

    private YamlText(string text) => parser = new Parser(new Scanner(new StringReader(text), skipComments: true));

    /// <summary>The documents that hold anything.</summary>
    public static IReadOnlyList<Node> Read(string text)
    {
        try
        {
            return new YamlText(text).Stream();
        }
        catch (YamlException e)
        {
            throw new DocumentException("syntax", $"This is not YAML: {e.Message}", (int)e.Start.Line);
        }
        // The parser stumbles over some broken texts with these (found by the fuzz test).
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new DocumentException("syntax", "This is not YAML: it breaks off where more is needed.", 0);
        }
    }

    private List<Node> Stream()
    {
        var documents = new List<Node>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            anchors.Clear();
            var root = Value(0);
            parser.Consume<DocumentEnd>();
            if (root is not NoNode)
                documents.Add(root);
        }

        return documents;
    }

    private Node Value(int depth)
    {
        if (depth > Limits.Depth)
            throw new DocumentException("too_deep", $"Nested deeper than {Limits.Depth}.", Line(parser.Current!));
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.GetValueOrDefault(alias.Value.Value)
                ?? throw new DocumentException("syntax", $"Nothing is called &{alias.Value}.", Line(alias));
        }

        var anchor = (parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        var node =
            parser.TryConsume<YamlScalar>(out var scalar) ? Single(scalar)
            : parser.TryConsume<SequenceStart>(out var list) ? Items(list, depth)
            : Members(parser.Consume<MappingStart>(), depth);
        if (node.Weight > Limits.Values)
            throw new DocumentException("too_many", $"More than {Limits.Values} values.", node.Line);
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = node;
        return node;
    }

    private ListNode Items(SequenceStart list, int depth)
    {
        Known(list.Tag, "tag:yaml.org,2002:seq", list);
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(depth + 1));
        return new ListNode(items, Line(list));
    }

    private MapNode Members(MappingStart map, int depth)
    {
        Known(map.Tag, "tag:yaml.org,2002:map", map);
        var members = new List<KeyValuePair<string, Node>>();
        var merged = new List<Node>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<YamlScalar>(out var key))
                throw new DocumentException("syntax", "A key must be text.", Line(parser.Current!));
            var value = Value(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                merged.Add(value);
            else if (seen.Add(key.Value))
                members.Add(KeyValuePair.Create(key.Value, value));
            else
                throw new DocumentException("duplicate_key", $"The key '{key.Value}' stands here twice.", Line(key));
        }

        foreach (var source in merged.SelectMany(Merged))
        {
            foreach (var member in source.Members.Where(member => seen.Add(member.Key)))
                members.Add(member);
        }

        return new MapNode(members, Line(map));
    }

    private static IEnumerable<MapNode> Merged(Node value) =>
        value switch
        {
            MapNode map => [map],
            ListNode list => list.Items.SelectMany(Merged),
            _ => throw new DocumentException("syntax", "Only objects can be merged.", value.Line),
        };

    private static Node Single(YamlScalar scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        var plain = scalar.Style == ScalarStyle.Plain && tag is not "!";
        return tag switch
        {
            "" when plain => Scalars.Plain(scalar.Value, Line(scalar)),
            "" or "!" or "tag:yaml.org,2002:str" or "tag:yaml.org,2002:timestamp" => new TextNode(
                scalar.Value,
                Line(scalar)
            ),
            "tag:yaml.org,2002:int"
            or "tag:yaml.org,2002:float"
            or "tag:yaml.org,2002:bool"
            or "tag:yaml.org,2002:null" => Scalars.Plain(scalar.Value, Line(scalar)),
            _ => throw new DocumentException("syntax", $"The tag '{tag}' is not read.", Line(scalar)),
        };
    }

    private static void Known(TagName tag, string only, ParsingEvent parsed)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != only)
            throw new DocumentException("syntax", $"The tag '{tag.Value}' is not read.", Line(parsed));
    }

    private static int Line(ParsingEvent parsed) => (int)parsed.Start.Line;
}
