namespace Steady.OpenSlo;

/// <summary>What may stand at a place. <paramref name="Optional"/>: an empty value is not the same as none.</summary>
public abstract record Shape(bool Optional)
{
    /// <summary>In words, for whoever has to write it.</summary>
    public abstract string Accepted { get; }

    public virtual bool IsZero(Node? node) => node is null or NoNode || (!Optional && IsEmpty(node));

    public virtual Shape? Of(string key) => null;

    protected virtual bool IsEmpty(Node node) => false;
}

public sealed record TextShape(bool Optional = false) : Shape(Optional)
{
    public override string Accepted => "A text.";

    protected override bool IsEmpty(Node node) => node is TextNode { Value: "" };
}

public sealed record NumberShape() : Shape(true)
{
    public override string Accepted => "A number.";
}

public sealed record WholeShape() : Shape(false)
{
    public override string Accepted => "A whole number.";

    protected override bool IsEmpty(Node node) =>
        node is NumberNode number && Numeral.Read(number.Value) is { Digits.IsZero: true };
}

public sealed record TruthShape() : Shape(false)
{
    public override string Accepted => "true or false.";

    protected override bool IsEmpty(Node node) => node is TruthNode { Value: false };
}

public sealed record DurationShape(string Units, bool Optional = false) : Shape(Optional)
{
    public override string Accepted =>
        $"A whole number and one of {string.Join(", ", Units.ToCharArray())}, for example 30d.";

    protected override bool IsEmpty(Node node) => node is TextNode { Value: "" };
}

public sealed record KindShape(string Kind) : Shape(false)
{
    public override string Accepted => $"{Kind}.";
}

/// <summary>Anything at all; written nothing counts as something.</summary>
public sealed record AnyShape() : Shape(false)
{
    public override string Accepted => "Anything the source needs.";

    public override bool IsZero(Node? node) => node is null;
}

/// <summary>An object with any members.</summary>
public sealed record FreeShape() : Shape(false)
{
    public override string Accepted => "An object with at least one member, for example query.";
}

/// <summary>An object of texts, or of texts and lists of texts.</summary>
public sealed record TextsShape(bool Lists = false) : Shape(false)
{
    public override string Accepted =>
        Lists ? "An object whose values are texts or lists of texts." : "An object whose values are texts.";
}

public sealed record ListShape(Shape Item) : Shape(false)
{
    public override string Accepted => "A list.";
}

public sealed record ObjectShape(IReadOnlyList<Field> Fields, bool Optional = false) : Shape(Optional)
{
    private readonly Dictionary<string, Shape> shapes = Fields.ToDictionary(
        member => member.Name,
        member => member.Shape
    );

    public override string Accepted => $"An object with {string.Join(", ", Fields.Select(member => member.Name))}.";

    public override Shape? Of(string key) => shapes.GetValueOrDefault(key);

    public ObjectShape AsOptional() => this with { Optional = true };

    protected override bool IsEmpty(Node node) =>
        node is MapNode map && map.Members.All(member => Of(member.Key)?.IsZero(member.Value) == true);
}

public sealed record Field(string Name, Shape Shape);
