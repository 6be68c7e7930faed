using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>A stretch of one turn or override, or of nobody.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Claim">Whose; null for nobody.</param>
/// <param name="Name">What it is called, whatever its times are; a turn that goes on behind an override is called after both.</param>
public sealed record Piece(DateTimeOffset From, DateTimeOffset To, Claim? Claim, string Name)
{
    public Shift Shift => new(From, To, Claim?.Person, Claim?.Because);
}

/// <summary>Who is on call when: of all layers and overrides, one line of shifts without a hole. Pure.</summary>
public static class Rostering
{
    public const string Override = "override";

    /// <summary>The shifts of a stretch of time, from what is known of the schedule.</summary>
    public static IReadOnlyList<Shift> Shifts(Schedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var shifts = new List<Shift>();
        foreach (var shift in Pieces(schedule, from, to).Select(piece => piece.Shift))
        {
            if (shifts is [.., var last] && last.Person == shift.Person && last.Because == shift.Because)
                shifts[^1] = last with { To = shift.To };
            else
                shifts.Add(shift);
        }

        return shifts;
    }

    /// <summary>Who is on call at a moment; null for nobody.</summary>
    public static string? At(Schedule schedule, DateTimeOffset moment) =>
        Shifts(schedule, moment, moment.AddTicks(1))[0].Person;

    /// <summary>The same, turn by turn.</summary>
    public static IReadOnlyList<Piece> Pieces(Schedule schedule, DateTimeOffset from, DateTimeOffset to) =>
        Merged(Claims.Of(schedule, from, to, shadows: false), from, to);

    /// <summary>Who looks on, in order; several may at once.</summary>
    public static IReadOnlyList<Piece> Shadows(Schedule schedule, DateTimeOffset from, DateTimeOffset to) =>
        [
            .. Claims
                .Of(schedule, from, to, shadows: true)
                .OrderBy(claim => claim.From)
                .ThenBy(claim => claim.Name, StringComparer.Ordinal)
                .Select(claim => new Piece(claim.From, claim.To, claim, claim.Name)),
        ];

    // At every moment the first claim in the list that covers it. Claims begin and end in order; a heap of places keeps those
    // that are open, the first of them on top.
    private static List<Piece> Merged(IReadOnlyList<Claim> claims, DateTimeOffset from, DateTimeOffset to)
    {
        var beginnings = claims.Select((claim, place) => (claim.From, place)).OrderBy(one => one.From).ToList();
        var edges = claims
            .SelectMany(claim => new[] { claim.From, claim.To })
            .Append(from)
            .Append(to)
            .Distinct()
            .Order()
            .ToList();
        var open = new PriorityQueue<int, int>();
        var (pieces, next) = (new List<Piece>(), 0);
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            for (; next < beginnings.Count && beginnings[next].From <= edges[i]; next++)
                open.Enqueue(beginnings[next].place, beginnings[next].place);
            while (open.TryPeek(out var gone, out _) && claims[gone].To <= edges[i])
                open.Dequeue();
            Add(pieces, open.TryPeek(out var first, out _) ? claims[first] : null, edges[i], edges[i + 1]);
        }

        return pieces;
    }

    private static void Add(List<Piece> pieces, Claim? claim, DateTimeOffset from, DateTimeOffset to)
    {
        var before = pieces is [.., var last] ? last : null;
        if (before is not null && before.Claim?.Name == claim?.Name && before.Claim?.Person == claim?.Person)
        {
            pieces[^1] = before with { To = to };
            return;
        }

        var begins = claim is null || (claim.IsWhole && claim.From == from);
        var name = claim?.Name ?? "nobody";
        pieces.Add(new Piece(from, to, claim, begins || before is null ? name : $"{name} after {before.Claim?.Name}"));
    }
}
