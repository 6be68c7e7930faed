namespace Steady.OpenSlo;

/// <summary>What is wrong at one place: the rule by its stable name, and what would be accepted.</summary>
/// <param name="Line">Where it stands; 0 when the format does not tell.</param>
public sealed record Finding(string Path, string Rule, string Message, string Accepted, int Line = 0);

/// <summary>What a lenient reader changed, and by which rule.</summary>
public sealed record Repair(string Path, string Rule, string Message);

/// <summary>Collects what is wrong, so that a document is told all of it at once.</summary>
internal sealed partial class Findings
{
    private readonly List<Finding> all = [];

    public IReadOnlyList<Finding> All => all;

    public bool Add(Place place, string rule, string message, string accepted)
    {
        var finding = new Finding(place.Path, rule, message, accepted, place.Node?.Line ?? 0);
        if (all.Count < Limits.Findings && !all.Contains(finding))
            all.Add(finding);
        return false;
    }

    /// <summary>Answers whether anything is there.</summary>
    public bool Required(Place place) =>
        !place.IsZero || Add(place, "required", $"'{place.Name}' is required.", place.Shape?.Accepted ?? "A value.");
}
