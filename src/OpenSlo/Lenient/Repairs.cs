namespace Steady.OpenSlo.Lenient;

/// <summary>
/// What a lenient reader puts right: writing that has one meaning only. Every change is told; where two meanings are
/// possible nothing is changed, and the rules refuse it as they do for a strict reader.
/// </summary>
internal sealed partial class Repairs
{
    private readonly List<Repair> all = [];
    private readonly Findings findings;

    public Repairs(Findings findings) => this.findings = findings;

    public IReadOnlyList<Repair> All => all;

    public IReadOnlyList<Node> Of(IReadOnlyList<Node> objects) =>
        [.. objects.Select((node, i) => Whole(new Place(OpenSloText.Path(i, objects.Count), node, null)))];

    private Node Whole(Place root)
    {
        if (root.Node is not MapNode map)
            return root.Node!;
        var dialect = Dialect.Of(root["apiVersion"].Text) ?? Version(root["apiVersion"], ref map);
        var kind = Word(root["kind"], Dialect.AllKinds);
        if (kind is not null)
            map = map.With("kind", kind);
        if (dialect?.Shape((map["kind"] as TextNode)?.Value ?? "") is not { } shape)
            return map;
        var whole = (MapNode)Value(root with { Node = map, Shape = shape }, dialect);
        return Meaning(root with { Node = whole, Shape = shape }, dialect);
    }

    private static readonly Dictionary<string, Dialect> Versions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["openslo/v1"] = Dialect.V1,
        ["openslo.com/v1"] = Dialect.V1,
        ["openslo/v1alpha"] = Dialect.V1Alpha,
        ["openslo.com/v1alpha"] = Dialect.V1Alpha,
        ["openslo/v2alpha"] = Dialect.V2Alpha,
        ["openslo.com/v2alpha"] = Dialect.V2Alpha,
    };

    private Dialect? Version(Place version, ref MapNode map)
    {
        if (version.Text is not { } text || Versions.GetValueOrDefault(text.Trim()) is not { } dialect)
            return null;
        map = map.With("apiVersion", Told(version, "version_named", new TextNode(dialect.Version, version.Node!.Line)));
        return dialect;
    }

    private Node Value(Place place, Dialect dialect) =>
        (place.Shape, place.Node) switch
        {
            (ObjectShape shape, MapNode map) => Object(place, shape, map, dialect),
            (ListShape shape, ListNode list) => new ListNode(
                [.. place.Items().Select(item => Value(item with { Node = Item(item, shape) }, dialect))],
                list.Line
            ),
            (ListShape shape, MapNode or TextNode { Value.Length: > 0 }) => Alone(place, shape, dialect),
            (TextsShape shape, MapNode) => Texts(place, shape),
            (TextShape, NumberNode or TruthNode) => Told(place, "text_made", Text(place.Node)),
            (NumberShape, TextNode text) when Scalars.Plain(text.Value.Trim(), text.Line) is NumberNode number => Told(
                place,
                "number_made",
                number
            ),
            (TruthShape, TextNode text) when Scalars.Plain(text.Value.Trim(), text.Line) is TruthNode truth => Told(
                place,
                "truth_made",
                truth
            ),
            (DurationShape, TextNode or NumberNode) => Duration(place, dialect),
            _ => place.Node!,
        };

    // An object where a list of objects is wanted is the only one.
    private ListNode Alone(Place place, ListShape shape, Dialect dialect)
    {
        var item = new Place($"{place.Path}[0]", place.Node, shape.Item);
        all.Add(new(place.Path, "list_made", "One value stands for a list of one."));
        return new ListNode([Value(item with { Node = Item(item, shape) }, dialect)], place.Node!.Line);
    }

    // A bare text where a reference or an object is wanted is the reference.
    private Node Item(Place item, ListShape shape)
    {
        if (
            item.Node is not TextNode text
            || shape.Item is not ObjectShape { Fields: [{ Shape: TextShape } first, ..] }
        )
            return item.Node!;
        if (!first.Name.EndsWith("Ref", StringComparison.Ordinal))
            return text;
        all.Add(
            new(item.Path, "reference_named", $"'{Short(text.Value)}' is read as {first.Name}: {Short(text.Value)}.")
        );
        return new MapNode([KeyValuePair.Create<string, Node>(first.Name, text)], text.Line);
    }

    private MapNode Object(Place place, ObjectShape shape, MapNode map, Dialect dialect)
    {
        var members = new List<KeyValuePair<string, Node>>();
        Node? displayName = null;
        foreach (var (key, value) in map.Members)
        {
            var name = Known(key, shape, map, dialect);
            if (name is null && key == "displayName" && shape.Of("annotations") is not null && value is TextNode)
                displayName = value;
            else if (name is null)
                all.Add(new(place[key].Path, "field_dropped", $"'{Short(key)}' has no meaning here and is not read."));
            else
            {
                if (name != key)
                    all.Add(new(place[key].Path, "field_renamed", $"'{Short(key)}' is read as {name}."));
                var below = place[name] with { Node = value };
                members.Add(KeyValuePair.Create(name, Value(below, dialect)));
            }
        }

        var result = new MapNode(members, map.Line);
        return displayName is null ? result : Annotated(place, result, displayName);
    }

    private MapNode Annotated(Place metadata, MapNode map, Node displayName)
    {
        all.Add(
            new(metadata["displayName"].Path, "field_moved", $"It is kept as the annotation {Annotations.DisplayName}.")
        );
        var annotations = map["annotations"] as MapNode ?? new MapNode([], map.Line);
        return map.With("annotations", annotations.With(Annotations.DisplayName, displayName));
    }

    private static string? Known(string key, ObjectShape shape, MapNode map, Dialect dialect)
    {
        if (shape.Of(key) is not null)
            return key;
        var meant =
            shape.Fields.FirstOrDefault(field => field.Name.Equals(key, StringComparison.OrdinalIgnoreCase))?.Name
            ?? Synonym(key, dialect);
        return meant is not null && shape.Of(meant) is not null && map[meant] is null ? meant : null;
    }

    private static string? Synonym(string key, Dialect dialect) =>
        key switch
        {
            "operator" => "op",
            "service" or "serviceRef" => dialect.Service,
            "indicator" or "sli" => dialect.Indicator,
            "indicatorRef" or "sliRef" => dialect.IndicatorRef,
            "timeWindows" => "timeWindow",
            "timeWindow" => "timeWindows",
            _ => null,
        };

    private Node Told(Place place, string rule, Node value)
    {
        all.Add(new(place.Path, rule, $"{Say(place.Node)} is read as {Say(value)}."));
        return value;
    }

    private static string Say(Node? node) =>
        node switch
        {
            TextNode text => $"'{Short(text.Value)}'",
            NumberNode number => Short(number.Value),
            TruthNode truth => truth.Value ? "true" : "false",
            _ => "nothing",
        };

    private static string Short(string text) => text.Length > 80 ? $"{text[..80]}…" : text;
}
