using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>
/// Who gets the next turn when whoever has had the fewest hours does. Asked turn by turn from the layer's first on, so that the
/// same layer always means the same turns. Hours are those in which the layer is on, by the clock on its wall; overrides do not
/// count: a favour between two moves nobody else's turns.
/// </summary>
public sealed class FairShare(RotationLayer layer)
{
    private readonly Dictionary<string, long> had = [];
    private HashSet<string> present = [];

    /// <summary>The place of the member whose turn it is; -1 when nobody takes part.</summary>
    public int Next(DateTime begin, DateTime end)
    {
        var day = DateOnly.FromDateTime(begin);
        var taking = Enumerable
            .Range(0, layer.Members.Count)
            .Where(one => Turns.TakesPart(layer.Members[one], day))
            .ToList();
        if (taking.Count == 0)
            return -1;
        Welcome(taking.Select(Key).ToHashSet());
        var next = taking.MinBy(one => had[Key(one)]);
        had[Key(next)] += OnTime(begin, end);
        return next;
    }

    // Somebody who comes, or comes back, begins with what whoever has the least of those who were there has: nobody is given
    // all the turns that there were without them.
    private void Welcome(HashSet<string> taking)
    {
        var there = taking.Where(present.Contains).ToList();
        var least = there.Count > 0 ? there.Min(who => had[who]) : 0;
        foreach (var who in taking.Except(there))
            had[who] = Math.Max(had.GetValueOrDefault(who), least);
        present = taking;
    }

    // An empty turn is a member like any other.
    private string Key(int member) => layer.Members[member].Person ?? "";

    private long OnTime(DateTime begin, DateTime end) =>
        layer.Hours is not { Count: > 0 } && layer.Holidays is not { Count: > 0 }
            ? (end - begin).Ticks
            : OnHours
                .Between(layer, begin.AddDays(-1), end)
                .Sum(one => Math.Max(0, Math.Min(one.To.Ticks, end.Ticks) - Math.Max(one.From.Ticks, begin.Ticks)));
}
