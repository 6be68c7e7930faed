using System.Globalization;

namespace Steady.Incidents.Timeline.Query;

/// <summary>A question about whole incidents, in place of conditions.</summary>
public abstract record Verb;

/// <summary>Two incidents step by step.</summary>
/// <param name="Align">The moment they are laid beside each other by.</param>
public sealed record DiffOf(string Left, string Right, string Align = DiffOf.Usual) : Verb
{
    public const string Usual = "declared";
}

/// <summary>The incidents most like one.</summary>
public sealed record SimilarTo(string Incident, int Count = SimilarTo.Usual) : Verb
{
    public const int Usual = 5;
    public const int Most = 50;
}

/// <summary>What cannot be so in an incident's timeline.</summary>
public sealed record ContradictionsIn(string Incident) : Verb;

/// <summary>Reads and prints them. Pure.</summary>
public sealed class Verbs(Scanner scanner)
{
    private const string Diff = "diff";
    private const string Similar = "similar";
    private const string Contradictions = "contradictions";
    public static readonly IReadOnlyList<(string Text, string About)> Known =
    [
        ($"{Diff} ", "Two incidents step by step."),
        ($"{Similar} ", "The incidents most like one."),
        ($"{Contradictions} ", "What cannot be so in an incident's timeline."),
    ];

    /// <summary>Whether a text begins with one.</summary>
    public bool IsNext => scanner.Sees(Diff) || scanner.Sees(Similar) || scanner.Sees(Contradictions);

    /// <summary>Null, and a mistake noted, where it cannot be taken apart.</summary>
    public Verb? Read()
    {
        var (word, _) = scanner.Name();
        Verb? verb = word.ToLowerInvariant() switch
        {
            Diff => Incident("INC-42 INC-57") is { } left && Incident("INC-57") is { } right
                ? new DiffOf(left, right)
                : null,
            Similar => Incident("INC-42") is { } one ? new SimilarTo(one) : null,
            _ => Incident("INC-42") is { } one ? new ContradictionsIn(one) : null,
        };
        while (verb is not null && scanner.Next != '\0')
            verb = Said(verb);
        return verb;
    }

    public static string Print(Verb verb) =>
        verb switch
        {
            DiffOf { Align: DiffOf.Usual } diff => $"{Diff} {diff.Left} {diff.Right}",
            DiffOf diff => $"{Diff} {diff.Left} {diff.Right} align:{diff.Align}",
            SimilarTo { Count: SimilarTo.Usual } similar => $"{Similar} {similar.Incident}",
            SimilarTo similar => string.Create(
                CultureInfo.InvariantCulture,
                $"{Similar} {similar.Incident} k:{similar.Count}"
            ),
            ContradictionsIn contradictions => $"{Contradictions} {contradictions.Incident}",
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };

    private string? Incident(string expected)
    {
        var (name, spot) = scanner.Name();
        if (Typed.IsIncident(name))
            return name;
        scanner.Wrong(spot, name.Length == 0 ? "An incident is expected here." : $"'{name}' is no incident.", expected);
        return null;
    }

    private Verb? Said(Verb verb)
    {
        var (name, spot) = scanner.Name();
        var value = scanner.Compared() is Relation.Is ? scanner.Value() : null;
        switch (verb, name.ToLowerInvariant())
        {
            case (DiffOf diff, "align"):
                if (value is not null && Fields.Moments.Keys.FirstOrDefault(Is) is { } moment)
                    return diff with { Align = moment };
                scanner.Wrong(value?.Spot ?? spot, "'align' is a moment of an incident.", [.. Fields.Moments.Keys]);
                return null;
            case (SimilarTo similar, "k"):
                if (
                    int.TryParse(value?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    && count is >= 1 and <= SimilarTo.Most
                )
                    return similar with { Count = count };
                scanner.Wrong(value?.Spot ?? spot, $"'k' says how many, 1 to {SimilarTo.Most}.", "k:5");
                return null;
            default:
                scanner.Wrong(
                    spot.Length > 0 ? spot : new Spot(scanner.Position, 1),
                    "Nothing of this kind is expected here.",
                    verb switch
                    {
                        DiffOf => ["align:declared"],
                        SimilarTo => ["k:5"],
                        _ => [],
                    }
                );
                return null;
        }

        bool Is(string moment) => moment.Equals(value!.Text, StringComparison.OrdinalIgnoreCase);
    }
}
