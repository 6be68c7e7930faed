namespace Steady.OpenSlo;

/// <summary>Whether a document has the members its kind has, with values of the right type. What fails here cannot be read at all.</summary>
internal static class Decoding
{
    public static void Check(Findings to, Place place)
    {
        if (!place.IsThere || place.Shape is null)
            return;
        switch (place.Shape, place.Node)
        {
            case (ObjectShape shape, MapNode):
                Members(to, place, shape);
                break;
            case (ListShape, ListNode):
                foreach (var item in place.Items())
                    Check(to, item);
                break;
            case (TextsShape shape, MapNode):
                Texts(to, place, shape);
                break;
            case (KindShape shape, TextNode kind):
                if (!Dialect.AllKinds.Contains(kind.Value))
                    to.Add(place, "unknown_kind", $"There is no kind '{Short(kind.Value)}'.", shape.Accepted);
                break;
            case (DurationShape shape, TextNode text):
                if (text.Value.Length > 0 && Duration.Read(text.Value) is null)
                    to.Add(place, "bad_duration", $"'{Short(text.Value)}' is no duration.", shape.Accepted);
                break;
            case (NumberShape or WholeShape, NumberNode number):
                Number(to, place, number);
                break;
            case (TextShape, TextNode) or (TruthShape, TruthNode) or (FreeShape, MapNode) or (AnyShape, _):
                break;
            default:
                to.Add(place, "wrong_type", $"This is {Name(place.Node)}.", place.Shape.Accepted);
                break;
        }
    }

    private static void Members(Findings to, Place place, ObjectShape shape)
    {
        foreach (var (key, value) in place.Members())
        {
            if (value.Shape is null)
                to.Add(value, "unknown_field", $"There is no '{Short(key)}' here.", shape.Accepted);
            else
                Check(to, value);
        }
    }

    private static void Texts(Findings to, Place place, TextsShape shape)
    {
        foreach (var (_, value) in place.Members())
        {
            var fits = value.Node switch
            {
                NoNode or TextNode => true,
                ListNode list => shape.Lists && list.Items.All(item => item is TextNode or NoNode),
                _ => false,
            };
            if (!fits)
                to.Add(value, "wrong_type", $"This is {Name(value.Node)}.", shape.Accepted);
        }
    }

    private static void Number(Findings to, Place place, NumberNode number)
    {
        var value = Numeral.Read(number.Value);
        if (value is null)
            to.Add(place, "bad_number", "This number is out of range.", place.Shape!.Accepted);
        else if (place.Shape is WholeShape && value.Value.Exact(0) is null)
            to.Add(place, "wrong_type", $"{Short(number.Value)} is no whole number.", place.Shape.Accepted);
    }

    private static string Name(Node? node) =>
        node switch
        {
            MapNode => "an object",
            ListNode => "a list",
            NumberNode number => $"the number {Short(number.Value)}",
            TruthNode truth => $"the truth value {(truth.Value ? "true" : "false")}",
            TextNode text => $"the text '{Short(text.Value)}'",
            _ => "nothing",
        };

    private static string Short(string text) => text.Length > 80 ? $"{text[..80]}…" : text;
}
