using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>Somebody's claim to be on call for a stretch: a turn of a layer, or an override.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Person">Who.</param>
/// <param name="Because">The layer, or that it is an override.</param>
/// <param name="Name">What it is called, whatever its times are: the layer and the number of the turn, or the override's id.</param>
/// <param name="IsWhole">Whether it begins here; else something else was said of the time before.</param>
public sealed record Claim(
    DateTimeOffset From,
    DateTimeOffset To,
    string Person,
    string Because,
    string Name,
    bool IsWhole
);

/// <summary>All claims of a schedule to a stretch of time, the first counts most. Pure.</summary>
public sealed class Claims
{
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2);
    private readonly List<Claim> found = [];

    private Claims() { }

    /// <summary>Those to be on call, or those to look on.</summary>
    public static IReadOnlyList<Claim> Of(Schedule schedule, DateTimeOffset from, DateTimeOffset to, bool shadows)
    {
        var claims = new Claims();
        // The last one counts most, so it comes first.
        foreach (var one in shadows ? [] : schedule.Overrides.Reverse())
            claims.Add(one.From, one.To, one.Person, Rostering.Override, $"override/{one.OverrideId}", from, to);
        for (var i = 0; i < schedule.Versions.Count; i++)
        {
            var version = schedule.Versions[i];
            // The first one is asked for the time before it too: somebody was on call when it was written down.
            var begin = i == 0 ? from : Later(version.At, from);
            var end = i + 1 < schedule.Versions.Count ? Earlier(schedule.Versions[i + 1].At, to) : to;
            foreach (var layer in version.Layers.Where(layer => layer.Shadow == shadows))
                claims.Add(layer, version.TimeZone, begin, end);
        }

        return claims.found;
    }

    private void Add(RotationLayer layer, string timeZone, DateTimeOffset from, DateTimeOffset to)
    {
        if (from >= to)
            return;
        var zone = WallClock.Zone(layer.TimeZone ?? timeZone)!;
        var (first, last) = (Wall.Local(from, zone) - Margin, Wall.Local(to, zone) + Margin);
        var hours = OnHours
            .Between(layer, first, last)
            .Select(one => (From: Wall.Moment(one.From, zone), To: Wall.Moment(one.To, zone), one.Name))
            .OrderBy(one => one.From)
            .ToList();
        var open = 0;
        foreach (var turn in Turns.Between(layer, first, last))
        {
            var (begin, end) = (Wall.Moment(turn.From, zone), Wall.Moment(turn.To, zone));
            if (turn.Person is null)
                continue;
            var name = $"{layer.Name}/{turn.Number}";
            if (layer.Hours is not { Count: > 0 } && layer.Holidays is not { Count: > 0 })
            {
                Add(begin, end, turn.Person, layer.Name, name, from, to);
                continue;
            }

            // Both are in order, so what has ended before this turn is not met again; hours may overlap a little.
            while (open < hours.Count && hours[open].To <= begin)
                open++;
            for (var i = open; i < hours.Count && hours[i].From < end; i++)
            {
                var (on, off) = (Later(begin, hours[i].From), Earlier(end, hours[i].To));
                Add(on, off, turn.Person, layer.Name, $"{name}/{hours[i].Name}", from, to);
            }
        }
    }

    private void Add(
        DateTimeOffset begin,
        DateTimeOffset end,
        string person,
        string because,
        string name,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var whole = begin >= from;
        (begin, end) = (Later(begin, from), Earlier(end, to));
        if (begin < end)
            found.Add(new Claim(begin, end, person, because, name, whole));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
