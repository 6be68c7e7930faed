namespace Steady.Web.Drawing;

/// <summary>A place in a column: a service, or room for a line that passes by.</summary>
public sealed record MapSlot(string Key, bool IsService, int Rank)
{
    public double Y { get; init; }
}

/// <summary>
/// Columns from caller to callee: the longest way from a service that nobody calls, lines that pass columns by as slots of their own,
/// and an order within each column that keeps what belongs together close. The same edges always give the same columns. Pure.
/// </summary>
public static class MapLayers
{
    public const double ServiceHeight = 64;
    public const double PassHeight = 20;
    private const int Sweeps = 12;

    /// <summary>How far each service is from those that nobody calls. Where calls go round, the last one of the round does not count.</summary>
    public static IReadOnlyDictionary<string, int> Ranks(IReadOnlyCollection<(string From, string To)> edges)
    {
        var callees = edges
            .GroupBy(edge => edge.From)
            .ToDictionary(
                group => group.Key,
                group => group.Select(edge => edge.To).Order(StringComparer.Ordinal).ToList()
            );
        var called = edges.Select(edge => edge.To).ToHashSet();
        var order = new List<string>();
        var state = new Dictionary<string, bool>();
        var forward = new HashSet<(string, string)>();
        var names = edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct();
        // Those that nobody calls first: so a round is cut where it comes back, and not where it begins.
        foreach (var name in names.OrderBy(called.Contains).ThenBy(name => name, StringComparer.Ordinal))
            Visit(name);
        order.Reverse();
        var ranks = order.ToDictionary(name => name, _ => 0);
        foreach (var name in order)
        foreach (var to in callees.GetValueOrDefault(name, []).Where(to => forward.Contains((name, to))))
            ranks[to] = Math.Max(ranks[to], ranks[name] + 1);
        return ranks;

        void Visit(string name)
        {
            if (!state.TryAdd(name, true))
                return;
            foreach (var to in callees.GetValueOrDefault(name, []))
            {
                if (state.TryGetValue(to, out var open) && open)
                    continue;
                forward.Add((name, to));
                Visit(to);
            }

            state[name] = false;
            order.Add(name);
        }
    }

    /// <summary>Every column from top to bottom, each slot with its middle.</summary>
    public static IReadOnlyList<IReadOnlyList<MapSlot>> Columns(
        IReadOnlyCollection<(string From, string To)> edges,
        IReadOnlyDictionary<string, int> ranks
    )
    {
        var columns = Enumerable
            .Range(0, ranks.Count == 0 ? 0 : ranks.Values.Max() + 1)
            .Select(_ => new List<MapSlot>())
            .ToArray();
        foreach (var (name, rank) in ranks.OrderBy(one => one.Key, StringComparer.Ordinal))
            columns[rank].Add(new MapSlot(name, true, rank));
        var near = new Dictionary<string, List<string>>();
        foreach (var (from, to) in edges.Where(edge => ranks[edge.From] < ranks[edge.To]))
        {
            var last = from;
            for (var rank = ranks[from] + 1; rank < ranks[to]; rank++)
            {
                var pass = Pass(from, to, rank);
                columns[rank].Add(new MapSlot(pass, false, rank));
                Tie(near, last, pass);
                last = pass;
            }

            Tie(near, last, to);
        }

        Order(columns, near);
        return Place(columns, near);
    }

    public static string Pass(string from, string to, int rank) => $"{from}\n{to}\n{rank}";

    private static void Tie(Dictionary<string, List<string>> near, string one, string other)
    {
        (near.TryGetValue(one, out var first) ? first : near[one] = []).Add(other);
        (near.TryGetValue(other, out var second) ? second : near[other] = []).Add(one);
    }

    // Each slot goes to the middle of its neighbours in the column before, then in the column after, and again.
    private static void Order(List<MapSlot>[] columns, Dictionary<string, List<string>> near)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 1; i < columns.Length; i++)
            {
                var (at, from) = down ? (i, i - 1) : (columns.Length - 1 - i, columns.Length - i);
                var places = columns[from].Select((slot, place) => (slot.Key, place)).ToDictionary();
                var own = columns[at].Select((slot, place) => (slot.Key, place)).ToDictionary();
                columns[at] =
                [
                    .. columns[at]
                        .OrderBy(slot =>
                            near.GetValueOrDefault(slot.Key, [])
                                .Where(places.ContainsKey)
                                .Select(key => (double)places[key] / places.Count)
                                .DefaultIfEmpty((double)own[slot.Key] / own.Count)
                                .Average()
                        ),
                ];
            }
        }
    }

    // As near to the middle of its neighbours as the order and the room allow.
    private static IReadOnlyList<IReadOnlyList<MapSlot>> Place(
        List<MapSlot>[] columns,
        Dictionary<string, List<string>> near
    )
    {
        var tallest = columns.Select(Height).DefaultIfEmpty(0).Max();
        var y = new Dictionary<string, double>();
        foreach (var column in columns)
        {
            var top = (tallest - Height(column)) / 2;
            foreach (var slot in column)
            {
                y[slot.Key] = top + Room(slot) / 2;
                top += Room(slot);
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
            foreach (var column in sweep % 2 == 0 ? columns : columns.Reverse())
                Settle(column, near, y, tallest);
        return [.. columns.Select(column => column.Select(slot => slot with { Y = y[slot.Key] }).ToList())];
    }

    private static void Settle(
        List<MapSlot> column,
        Dictionary<string, List<string>> near,
        Dictionary<string, double> y,
        double tallest
    )
    {
        var wanted = column
            .Select(slot =>
                near.GetValueOrDefault(slot.Key, []).Select(key => y[key]).DefaultIfEmpty(y[slot.Key]).Average()
            )
            .ToArray();
        var bottom = 0.0;
        for (var i = 0; i < column.Count; i++)
        {
            wanted[i] = Math.Max(wanted[i], bottom + Room(column[i]) / 2);
            bottom = wanted[i] + Room(column[i]) / 2;
        }

        // What was pushed out at the foot goes up again as far as it must.
        var limit = tallest;
        for (var i = column.Count - 1; i >= 0; i--)
        {
            wanted[i] = Math.Min(wanted[i], limit - Room(column[i]) / 2);
            limit = wanted[i] - Room(column[i]) / 2;
            y[column[i].Key] = wanted[i];
        }
    }

    private static double Room(MapSlot slot) => slot.IsService ? ServiceHeight : PassHeight;

    private static double Height(List<MapSlot> column) => column.Sum(Room);
}
