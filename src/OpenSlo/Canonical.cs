namespace Steady.OpenSlo;

/// <summary>One way to write what a document means: members in the order of the specification, nothing written as nothing.</summary>
public static class Canonical
{
    /// <summary>The same object in its usual order, without members that have no value.</summary>
    public static Node Form(Document document) => Form(document.Node, document.Root.Shape, meaning: false);

    /// <summary>Also without members that say what holds without them, so that equal objects are equal nodes.</summary>
    public static Node Meaning(Document document) => Form(document.Node, document.Root.Shape, meaning: true);

    private static Node Form(Node node, Shape? shape, bool meaning) =>
        (shape, node) switch
        {
            (ObjectShape known, MapNode map) => new MapNode([.. Members(known, map, meaning)]),
            (ListShape list, ListNode items) => new ListNode([
                .. items.Items.Select(item => Form(item, list.Item, meaning)),
            ]),
            (TextsShape texts, MapNode map) => new MapNode([
                .. map.Members.Select(m => KeyValuePair.Create(m.Key, Texts(m.Value, texts.Lists))),
            ]),
            _ => Free(node),
        };

    private static IEnumerable<KeyValuePair<string, Node>> Members(ObjectShape shape, MapNode map, bool meaning)
    {
        foreach (var field in shape.Fields)
        {
            if (map[field.Name] is not { } value || (value is NoNode && field.Shape is not AnyShape))
                continue;
            if (!meaning || !field.Shape.IsZero(value))
                yield return KeyValuePair.Create(field.Name, Form(value, field.Shape, meaning));
        }
    }

    private static Node Texts(Node value, bool lists) =>
        value switch
        {
            ListNode list => new ListNode([.. list.Items.Select(item => Texts(item, false))]),
            NoNode when lists => new ListNode([]),
            NoNode => new TextNode(""),
            TextNode text when lists => new ListNode([text with { Line = 0 }]),
            _ => Free(value),
        };

    private static Node Free(Node node) =>
        node switch
        {
            MapNode map => new MapNode([.. map.Members.Select(m => KeyValuePair.Create(m.Key, Free(m.Value)))]),
            ListNode list => new ListNode([.. list.Items.Select(Free)]),
            _ => node with { Line = 0 },
        };
}
