namespace Steady.OpenSlo;

/// <summary>A version of OpenSLO: its name, its kinds, and what it calls things.</summary>
public sealed class Dialect
{
    private readonly IReadOnlyDictionary<string, ObjectShape> kinds;

    internal Dialect(string version, IReadOnlyDictionary<string, ObjectShape> kinds) =>
        (Version, this.kinds) = (version, kinds);

    public static Dialect V1Alpha { get; } = new("openslo/v1alpha", Shapes.V1Alpha());

    public static Dialect V1 { get; } = new("openslo/v1", Shapes.Of(v2: false));

    public static Dialect V2Alpha { get; } = new("openslo.com/v2alpha", Shapes.Of(v2: true));

    public static IReadOnlyList<Dialect> All { get; } = [V1Alpha, V1, V2Alpha];

    /// <summary>All kinds there are, in whatever version.</summary>
    public static IEnumerable<string> AllKinds => V1.Kinds;

    public string Version { get; }

    public IEnumerable<string> Kinds => kinds.Keys;

    /// <summary>How the version calls an indicator: <c>indicator</c>, and later <c>sli</c>.</summary>
    public string Indicator => this == V2Alpha ? "sli" : "indicator";

    public string IndicatorRef => Indicator + "Ref";

    public string Service => this == V2Alpha ? "serviceRef" : "service";

    /// <summary>Units of a duration.</summary>
    public string Units => Shapes.Units(this == V2Alpha);

    public ObjectShape? Shape(string kind) => kinds.GetValueOrDefault(kind);

    public static Dialect? Of(string? version) => All.FirstOrDefault(dialect => dialect.Version == version);
}
