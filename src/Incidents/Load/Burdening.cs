using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;

namespace Steady.Incidents.Load;

/// <summary>Somebody was paged for an incident.</summary>
public sealed record PagedOnce(string Person, Guid Incident, DateTimeOffset At);

/// <summary>Somebody worked on an incident.</summary>
public sealed record Worked(string Person, Guid Incident, DateTimeOffset From, DateTimeOffset To);

/// <summary>Somebody was on call.</summary>
public sealed record OnShift(string Person, DateTimeOffset From, DateTimeOffset To);

/// <summary>What fell on people in a stretch of time, and nothing outside of it.</summary>
public sealed record Burden(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<PagedOnce> Pages,
    IReadOnlyList<Worked> Work,
    IReadOnlyList<OnShift> Shifts
);

/// <summary>What that cost them, against the guides of SRE. Pure.</summary>
public static class Burdening
{
    private const decimal OnCallCap = 0.25m;
    private const decimal OperationsCap = 0.5m;
    private const decimal WeekHours = 40;
    private const int IncidentsPerShift = 2;
    private static readonly TimeSpan ShiftLength = TimeSpan.FromHours(12);

    // By the clock on the wall: when a kind of hour ends.
    private static readonly int[] Edges = [7, 9, 18, 22];

    public static PersonLoad Of(string person, string timeZone, Burden burden)
    {
        var zone = WallClock.Zone(timeZone)!;
        var pages = burden.Pages.Where(one => one.Person == person).ToList();
        var work = burden.Work.Where(one => one.Person == person).ToList();
        var shifts = burden.Shifts.Where(one => one.Person == person).ToList();
        var minutes = Union(work.Select(one => (one.From, one.To)))
            .Select(one => Minutes(one.From, one.To, zone))
            .Aggregate(ByHour.None, (sum, one) => sum.Plus(one));
        var hours = Union(shifts.Select(one => (one.From, one.To))).Sum(one => (decimal)(one.To - one.From).TotalHours);
        var all = (decimal)(burden.To - burden.From).TotalHours;
        var onCall = hours / all;
        var operations = minutes.Total / 60 / (WeekHours * all / (7 * 24));
        var heavy = shifts.Count(shift => IsHeavy(shift, pages, work));
        var warnings = new List<string>();
        if (onCall > OnCallCap)
            warnings.Add("on-call");
        if (operations > OperationsCap)
            warnings.Add("operations");
        if (heavy > 0)
            warnings.Add("shifts");
        return new PersonLoad(
            person,
            timeZone,
            pages.Select(one => Kind(one.At, zone)).Aggregate(ByHour.None, (sum, one) => sum.Plus(one)),
            pages.Count(one => !work.Any(act => act.Incident == one.Incident && act.To >= one.At)),
            Rounded(minutes),
            decimal.Round(hours, 2),
            decimal.Round(onCall, 4),
            decimal.Round(operations, 4),
            shifts.Count,
            heavy,
            warnings
        );
    }

    public static TeamLoad Of(string team, IReadOnlyCollection<string> members, IEnumerable<PersonLoad> people)
    {
        var own = people.Where(one => members.Contains(one.Person)).ToList();
        return new TeamLoad(
            team,
            [.. own.Select(one => one.Person)],
            own.Aggregate(ByHour.None, (sum, one) => sum.Plus(one.Pages)),
            own.Aggregate(ByHour.None, (sum, one) => sum.Plus(one.IncidentMinutes)),
            members.Count == 0 ? 0 : decimal.Round(own.Sum(one => one.OperationsShare) / members.Count, 4),
            own.Sum(one => one.HeavyShifts),
            [.. own.SelectMany(one => one.Warnings).Distinct().Order(StringComparer.Ordinal)]
        );
    }

    /// <summary>Minutes of a stretch by the kind of hour they are in.</summary>
    public static ByHour Minutes(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var sum = ByHour.None;
        for (var at = from; at < to; )
        {
            var end = NextEdge(at, zone);
            if (end > to)
                end = to;
            var (kind, minutes) = (Kind(at, zone), (decimal)(end - at).TotalMinutes);
            sum = sum.Plus(new ByHour(kind.Working * minutes, kind.Late * minutes, kind.Sleeping * minutes));
            at = end;
        }

        return sum;
    }

    // The first moment after this one at which the clock shows an edge, or has skipped it.
    private static DateTimeOffset NextEdge(DateTimeOffset at, TimeZoneInfo zone)
    {
        var today = Wall.Local(at, zone).Date;
        return Enumerable
            .Range(0, 3)
            .SelectMany(day => Edges.Select(hour => WallClock.First(today.AddDays(day).AddHours(hour), zone)))
            .First(edge => edge > at);
    }

    private static ByHour Kind(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = Wall.Local(at, zone);
        return local.Hour is >= 22 or < 7 ? new ByHour(0, 0, 1)
            : local.Hour is >= 9 and < 18 && local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                ? new ByHour(1, 0, 0)
            : new ByHour(0, 1, 0);
    }

    // An incident falls on a shift when its person is first heard of in it.
    private static bool IsHeavy(OnShift shift, IEnumerable<PagedOnce> pages, IEnumerable<Worked> work)
    {
        var begun = pages
            .Select(one => (one.Incident, one.At))
            .Concat(work.Select(one => (one.Incident, At: one.From)))
            .GroupBy(one => one.Incident, one => one.At)
            .Select(one => one.Min())
            .Where(at => shift.From <= at && at < shift.To)
            .Order()
            .ToList();
        return begun.Skip(IncidentsPerShift).Zip(begun).Any(pair => pair.First - pair.Second <= ShiftLength);
    }

    // Two incidents at once are one person's time once.
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Union(
        IEnumerable<(DateTimeOffset From, DateTimeOffset To)> stretches
    )
    {
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        foreach (var one in stretches.Where(one => one.From < one.To).OrderBy(one => one.From))
        {
            if (open is not { } last)
                open = one;
            else if (one.From <= last.To)
                open = (last.From, one.To > last.To ? one.To : last.To);
            else
            {
                yield return last;
                open = one;
            }
        }

        if (open is { } end)
            yield return end;
    }

    private static ByHour Rounded(ByHour one) =>
        new(decimal.Round(one.Working, 1), decimal.Round(one.Late, 1), decimal.Round(one.Sleeping, 1));
}
