using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>A stretch of a schedule in a picture of a week.</summary>
/// <param name="Person">Who; null for a gap.</param>
/// <param name="Tone">Which of eight colours is the person's; it only helps.</param>
/// <param name="Label">What has room in it.</param>
/// <param name="Detail">A second line that has room in it.</param>
public sealed record WeekBar(
    double X,
    double Width,
    string? Person,
    int Tone,
    string? Label,
    string? Detail,
    string Title
);

public sealed record WeekLane(string Schedule, string Kind, IReadOnlyList<WeekBar> Bars);

public sealed record WeekDay(double X, double Width, string Name, bool IsToday);

public sealed record WeekGrid(
    IReadOnlyList<WeekDay> Days,
    IReadOnlyList<WeekLane> Lanes,
    double? Now,
    DateTimeOffset From,
    DateTimeOffset To
)
{
    public const double Gutter = 132;
    public const double Right = 1120;
    public const double Head = 34;
    public const double LaneHeight = 54;

    public double Height => Head + LaneHeight * Lanes.Count;
}

/// <summary>A change from one to another.</summary>
public sealed record Handover(string Schedule, DateTimeOffset At, string? From, string? To, string? Because);

/// <summary>Who is on call in a week, laid out. Pure.</summary>
public static class DrawWeek
{
    private const int Tones = 8;
    private const double Letter = 7.2;
    private const double Padding = 16;
    private const double Between = 3;

    public static WeekGrid Of(IReadOnlyList<SchedulePreview> schedules, Week week, LocalZone zone, DateTimeOffset now)
    {
        var (from, to) = (week.From(zone), week.To(zone));
        var axis = new TimeAxis(from, to, WeekGrid.Gutter, WeekGrid.Right);
        var people = schedules
            .SelectMany(one => one.Shifts)
            .Select(shift => shift.Person)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return new WeekGrid(
            [.. Enumerable.Range(0, 7).Select(day => Day(week.Monday.AddDays(day), zone, axis, now))],
            [.. schedules.Select(one => new WeekLane(one.Schedule, one.TimeZone, Bars(one, axis, zone, people)))],
            axis.Holds(now) ? axis.X(now) : null,
            from,
            to
        );
    }

    /// <summary>Every change within a stretch, soonest first.</summary>
    public static IReadOnlyList<Handover> Handovers(
        IReadOnlyList<SchedulePreview> schedules,
        DateTimeOffset from,
        DateTimeOffset to
    ) =>
        [
            .. schedules
                .SelectMany(one =>
                    one.Shifts.Zip(one.Shifts.Skip(1))
                        .Where(pair => pair.First.Person != pair.Second.Person)
                        .Select(pair => new Handover(
                            one.Schedule,
                            pair.Second.From,
                            pair.First.Person,
                            pair.Second.Person,
                            pair.Second.Because
                        ))
                )
                .Where(change => change.At >= from && change.At < to)
                .OrderBy(change => change.At)
                .ThenBy(change => change.Schedule, StringComparer.Ordinal),
        ];

    private static WeekDay Day(DateOnly day, LocalZone zone, TimeAxis axis, DateTimeOffset now)
    {
        var x = axis.X(zone.At(day.ToDateTime(TimeOnly.MinValue)));
        var end = axis.X(zone.At(day.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        return new WeekDay(x, end - x, day.ToString("ddd d", CultureInfo.InvariantCulture), zone.Date(now) == day);
    }

    private static IReadOnlyList<WeekBar> Bars(
        SchedulePreview schedule,
        TimeAxis axis,
        LocalZone zone,
        List<string> people
    ) =>
        [
            .. Joined(schedule.Shifts)
                .Where(shift => shift.To > axis.From && shift.From < axis.To)
                .Select(shift => Bar(shift, axis, zone, people)),
        ];

    // What one person has for the same reason is one bar, however many turns it is made of.
    private static IEnumerable<Shift> Joined(IReadOnlyList<Shift> shifts)
    {
        Shift? open = null;
        foreach (var shift in shifts)
        {
            if (open is not null && open.Person == shift.Person && open.Because == shift.Because)
            {
                open = open with { To = shift.To };
                continue;
            }

            if (open is not null)
                yield return open;
            open = shift;
        }

        if (open is not null)
            yield return open;
    }

    private static WeekBar Bar(Shift shift, TimeAxis axis, LocalZone zone, List<string> people)
    {
        var x = axis.X(shift.From);
        var width = Math.Max(2, axis.X(shift.To) - x - Between);
        var name = shift.Person is { } person ? Kinds.Person(person) : "nobody";
        var room = (int)((width - Padding) / Letter);
        return new WeekBar(
            x,
            width,
            shift.Person,
            shift.Person is null ? 0 : people.IndexOf(shift.Person) % Tones,
            room >= Math.Min(name.Length, 4) ? Words.Cut(name, room)
                : room >= 1 && shift.Person is not null ? name[..1]
                : null,
            shift.Because is { } because && room >= because.Length ? because : null,
            $"{name}, {zone.Moment(shift.From)} to {zone.Moment(shift.To)}{(shift.Because is { } why ? $" ({why})" : "")}"
        );
    }
}
