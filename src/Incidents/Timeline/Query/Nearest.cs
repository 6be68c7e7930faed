namespace Steady.Incidents.Timeline.Query;

/// <summary>The name that somebody probably meant. Pure.</summary>
public static class Nearest
{
    /// <summary>The known name with the fewest letters changed, added, left out or swapped; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var near = known
            .Select(name => (Name: name, Way: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(one => one.Way <= Math.Max(1, Math.Min(typed.Length, one.Name.Length) / 3))
            .OrderBy(one => one.Way)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => one.Name)
            .FirstOrDefault();
        return near ?? (typed.Length >= 3 ? known.FirstOrDefault(Begins) : null);

        bool Begins(string name) =>
            name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            || typed.StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    private static int Distance(string one, string other)
    {
        var ways = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            ways[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            ways[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        for (var j = 1; j <= other.Length; j++)
        {
            var change = one[i - 1] == other[j - 1] ? 0 : 1;
            ways[i, j] = Math.Min(Math.Min(ways[i - 1, j], ways[i, j - 1]) + 1, ways[i - 1, j - 1] + change);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                ways[i, j] = Math.Min(ways[i, j], ways[i - 2, j - 2] + 1);
        }

        return ways[one.Length, other.Length];
    }
}
