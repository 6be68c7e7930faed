using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>Who is on call when: of all layers and overrides, one line of shifts without a hole. Pure.</summary>
public static class Rostering
{
    public const string Override = "override";
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2);

    /// <summary>The shifts of a stretch of time, from what is known of the schedule.</summary>
    public static IReadOnlyList<Shift> Shifts(Schedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var claims = new List<Shift>();
        // The last one counts most, so it comes first.
        foreach (var one in schedule.Overrides.Reverse())
            Claim(claims, one.From, one.To, one.Person, Override, from, to);
        for (var i = 0; i < schedule.Versions.Count; i++)
        {
            var version = schedule.Versions[i];
            // The first one is asked for the time before it too: somebody was on call when it was written down.
            var begin = i == 0 ? from : Later(version.At, from);
            var end = i + 1 < schedule.Versions.Count ? Earlier(schedule.Versions[i + 1].At, to) : to;
            foreach (var layer in version.Layers)
                Claim(claims, layer, version.TimeZone, begin, end);
        }

        return Merged(claims, from, to);
    }

    private static void Claim(
        List<Shift> claims,
        RotationLayer layer,
        string timeZone,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        if (from >= to)
            return;
        var zone = WallClock.Zone(layer.TimeZone ?? timeZone)!;
        var (first, last) = (Wall.Local(from, zone) - Margin, Wall.Local(to, zone) + Margin);
        var hours = Hours(layer, first, last)
            .Select(one => (From: Wall.Moment(one.From, zone), To: Wall.Moment(one.To, zone)))
            .OrderBy(one => one.From)
            .ToList();
        var open = 0;
        foreach (var turn in Turns.Between(layer, first, last))
        {
            var (begin, end) = (Wall.Moment(turn.From, zone), Wall.Moment(turn.To, zone));
            if (turn.Person is null)
                continue;
            if (layer.Hours is not { Count: > 0 } && layer.Holidays is not { Count: > 0 })
            {
                Claim(claims, begin, end, turn.Person, layer.Name, from, to);
                continue;
            }

            // Both are in order, so what has ended before this turn is not met again; hours may overlap a little.
            while (open < hours.Count && hours[open].To <= begin)
                open++;
            for (var i = open; i < hours.Count && hours[i].From < end; i++)
                Claim(
                    claims,
                    Later(begin, hours[i].From),
                    Earlier(end, hours[i].To),
                    turn.Person,
                    layer.Name,
                    from,
                    to
                );
        }
    }

    // The hours in which a layer is on, by the clock on its wall.
    private static IEnumerable<(DateTime From, DateTime To)> Hours(RotationLayer layer, DateTime from, DateTime to)
    {
        for (var day = DateOnly.FromDateTime(from); day.ToDateTime(TimeOnly.MinValue) < to; day = day.AddDays(1))
        {
            if (!Turns.IsOn(layer, day))
                continue;
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            if (layer.Hours is not { Count: > 0 })
                yield return (midnight, midnight.AddDays(1));
            foreach (var one in (layer.Hours ?? []).Where(one => one.Days.Contains(day.DayOfWeek)))
            {
                var (begin, end) = (Wall.Time(one.From)!.Value, Wall.Time(one.To)!.Value);
                yield return (midnight + begin, midnight + (end > begin ? end : end + TimeSpan.FromDays(1)));
            }
        }
    }

    private static void Claim(
        List<Shift> claims,
        DateTimeOffset begin,
        DateTimeOffset end,
        string person,
        string because,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        (begin, end) = (Later(begin, from), Earlier(end, to));
        if (begin < end)
            claims.Add(new Shift(begin, end, person, because));
    }

    // At every moment the first claim in the list that covers it. Claims begin and end in order; a heap of places keeps those
    // that are open, the first of them on top.
    private static List<Shift> Merged(List<Shift> claims, DateTimeOffset from, DateTimeOffset to)
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
        var (shifts, next) = (new List<Shift>(), 0);
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            for (; next < beginnings.Count && beginnings[next].From <= edges[i]; next++)
                open.Enqueue(beginnings[next].place, beginnings[next].place);
            while (open.TryPeek(out var gone, out _) && claims[gone].To <= edges[i])
                open.Dequeue();
            var says = open.TryPeek(out var first, out _) ? claims[first] : null;
            if (shifts is [.., var last] && last.Person == says?.Person && last.Because == says?.Because)
                shifts[^1] = last with { To = edges[i + 1] };
            else
                shifts.Add(new Shift(edges[i], edges[i + 1], says?.Person, says?.Because));
        }

        return shifts;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
