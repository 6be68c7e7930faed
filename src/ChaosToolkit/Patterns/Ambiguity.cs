namespace Steady.ChaosToolkit;

/// <summary>
/// Whether a backtracking machine could need exponential time for a pattern: when a repeated part can take the same text in two
/// ways. Found in the automaton of its positions: a pair of different positions that is reached from one position and leads
/// back to it over the same text.
/// </summary>
internal sealed class Ambiguity
{
    private const int MostPositions = 300;
    private const int MostWork = 2_000_000;
    private const string TwoWays =
        "a repeated part of it can take the same text in two ways, which can take time without end";
    private const string TooMuch = "it is too large once its repetitions are written out";

    private readonly List<OneOf> positions = [];
    private readonly List<HashSet<int>> following = [];
    private bool twice;

    private Ambiguity() { }

    /// <summary>Why it could take too long; null when it cannot.</summary>
    public static string? Of(PatternShape shape)
    {
        try
        {
            var automaton = new Ambiguity();
            automaton.Add(shape);
            return automaton.twice || automaton.HasTwoWays() ? TwoWays : null;
        }
        catch (PatternException e)
        {
            return e.Message;
        }
    }

    /// <summary>Where a part can begin and end, and whether it can be nothing.</summary>
    private readonly record struct Ends(IReadOnlyList<int> First, IReadOnlyList<int> Last, bool Empty);

    private Ends Add(PatternShape shape) =>
        shape switch
        {
            OneOf set => Add(set),
            InOrder order => order.Parts.Aggregate(new Ends([], [], true), (before, part) => Join(before, Add(part))),
            Choice choice => choice.Branches.Select(Add).ToList().Aggregate(Either),
            Repeated repeated => Add(repeated),
            _ => throw new InvalidOperationException($"No shape of a pattern: {shape}."),
        };

    private Ends Add(OneOf set)
    {
        if (positions.Count == MostPositions)
            throw new PatternException(TooMuch);
        positions.Add(set);
        following.Add([]);
        return new([positions.Count - 1], [positions.Count - 1], false);
    }

    private static Ends Either(Ends left, Ends right) =>
        new([.. left.First, .. right.First], [.. left.Last, .. right.Last], left.Empty || right.Empty);

    private Ends Join(Ends before, Ends after)
    {
        Link(before.Last, after.First);
        return new(
            before.Empty ? [.. before.First, .. after.First] : before.First,
            after.Empty ? [.. before.Last, .. after.Last] : after.Last,
            before.Empty && after.Empty
        );
    }

    private Ends Add(Repeated repeated)
    {
        if (repeated.Most is null)
            return Loop(repeated);
        var whole = new Ends([], [], true);
        for (var time = 0; time < repeated.Most; time++)
        {
            var once = Add(repeated.Part);
            // What is nothing once is nothing any number of times.
            if (once.First.Count == 0)
                return once;
            whole = Join(whole, time < repeated.Least ? once : once with { Empty = true });
        }

        return whole;
    }

    private Ends Loop(Repeated repeated)
    {
        var whole = new Ends([], [], true);
        for (var time = 1; time < repeated.Least; time++)
            whole = Join(whole, Add(repeated.Part));
        var again = Add(repeated.Part);
        // A loop around a part that is nothing or loops by itself goes the same way twice.
        twice |= again.Empty && again.First.Count > 0;
        foreach (var last in again.Last)
            twice |= again.First.Any(following[last].Contains);
        Link(again.Last, again.First);
        return Join(whole, repeated.Least == 0 ? again with { Empty = true } : again);
    }

    private void Link(IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        foreach (var position in from)
            following[position].UnionWith(to);
    }

    // From every pair (p, p): can a pair (a, b), a ≠ b, be reached from it and lead back to it?
    private bool HasTwoWays()
    {
        var work = MostWork;
        for (var start = 0; start < positions.Count; start++)
        {
            var seen = new HashSet<(int, int, bool)> { (start, start, false) };
            var open = new Queue<(int Left, int Right, bool Parted)>(seen);
            while (open.TryDequeue(out var pair))
            {
                foreach (var left in following[pair.Left])
                foreach (var right in following[pair.Right])
                {
                    if (--work < 0)
                        throw new PatternException(TooMuch);
                    if (!positions[left].Meets(positions[right]))
                        continue;
                    var parted = pair.Parted || left != right;
                    if (parted && left == start && right == start)
                        return true;
                    if (seen.Add((left, right, parted)))
                        open.Enqueue((left, right, parted));
                }
            }
        }

        return false;
    }
}
