using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Whose time to come is changed when a schedule is set. Pure.</summary>
public static class Rescheduling
{
    /// <summary>How far ahead is looked: a quarter.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(92);

    /// <summary>The event, with what it changes for whom.</summary>
    public static Decision Decide(Schedule? before, ScheduleSet set)
    {
        var (from, to) = (set.At, set.At + Ahead);
        var after = before is null ? Schedule.Create(set) : before.Apply(set);
        IReadOnlyList<Shift> old = before is null
            ? [new Shift(from, to, null, null)]
            : Rostering.Shifts(before, from, to);
        return [set with { Changes = Between(old, Rostering.Shifts(after, from, to)) }];
    }

    /// <summary>By person, where two lines of shifts over the same stretch differ.</summary>
    public static IReadOnlyList<PersonChange> Between(IReadOnlyList<Shift> before, IReadOnlyList<Shift> after)
    {
        var found = new SortedDictionary<string, (DateTimeOffset First, TimeSpan More, TimeSpan Less)>(
            StringComparer.Ordinal
        );
        for (var (i, j) = (0, 0); i < before.Count && j < after.Count; )
        {
            var from = before[i].From > after[j].From ? before[i].From : after[j].From;
            var to = before[i].To < after[j].To ? before[i].To : after[j].To;
            if (before[i].Person != after[j].Person)
            {
                Add(found, after[j].Person, from, to - from, TimeSpan.Zero);
                Add(found, before[i].Person, from, TimeSpan.Zero, to - from);
            }

            (i, j) = (i + (before[i].To == to ? 1 : 0), j + (after[j].To == to ? 1 : 0));
        }

        return
        [
            .. found.Select(one => new PersonChange(
                one.Key,
                one.Value.First,
                Hours(one.Value.More),
                Hours(one.Value.Less)
            )),
        ];
    }

    private static void Add(
        SortedDictionary<string, (DateTimeOffset First, TimeSpan More, TimeSpan Less)> found,
        string? person,
        DateTimeOffset at,
        TimeSpan more,
        TimeSpan less
    )
    {
        if (person is null)
            return;
        var had = found.GetValueOrDefault(person, (First: at, More: TimeSpan.Zero, Less: TimeSpan.Zero));
        found[person] = (had.First, had.More + more, had.Less + less);
    }

    private static decimal Hours(TimeSpan time) => decimal.Round(time.Ticks / (decimal)TimeSpan.TicksPerHour, 2);
}
