using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>A turn of a layer, by the clock on its wall. The number is its place, from the layer's first turn on.</summary>
public readonly record struct Turn(int Number, DateTime From, DateTime To, string? Person);

/// <summary>The turns of a layer, one after the other from its first on. Pure.</summary>
public static class Turns
{
    private static readonly IReadOnlyList<int> One = [1];

    /// <summary>Turns that touch a stretch, by the clock on the wall.</summary>
    public static IEnumerable<Turn> Between(RotationLayer layer, DateTime from, DateTime to)
    {
        var (lengths, members) = (layer.Lengths ?? One, layer.Members);
        var start = layer.Start.ToDateTime(TimeOnly.MinValue) + Wall.Time(layer.Handoff)!.Value;
        var (begin, done, last) = (start, 0, -1);
        var fair = layer.Order == TurnOrder.Fair ? new FairShare(layer) : null;
        for (var number = 0; begin < to; number++)
        {
            var length = lengths[number % lengths.Count];
            done += length;
            var end = layer.Unit switch
            {
                // From the first one on, so that a month that was cut short does not shorten those after it.
                TurnUnit.Month => start.AddMonths(done),
                TurnUnit.Week => start.AddDays(7 * done),
                TurnUnit.Hour => start.AddHours(done),
                _ => Days(begin, length, layer),
            };
            last = fair?.Next(begin, end) ?? Next(members, last, DateOnly.FromDateTime(begin));
            if (end > from)
                yield return new Turn(number, begin, end, last < 0 ? null : members[last].Person);
            begin = end;
        }
    }

    /// <summary>Whether a layer's hours begin on a day.</summary>
    public static bool IsOn(RotationLayer layer, DateOnly day) =>
        layer.Holidays?.Contains(day) is not true
        && (layer.Hours is not { Count: > 0 } hours || hours.Any(one => one.Days.Contains(day.DayOfWeek)));

    /// <summary>Whether somebody takes part in the turns that begin on a day.</summary>
    public static bool TakesPart(RotationMember member, DateOnly day) => !(member.From > day) && !(member.Until <= day);

    // So many days on which the layer is on, and those after them on which it is off: they belong to the turn before.
    private static DateTime Days(DateTime begin, int length, RotationLayer layer)
    {
        var end = begin;
        var counted = 0;
        // A year of nothing but holidays: the turn ends all the same.
        for (var passed = 0; passed < 366 + length; passed++)
        {
            var isOn = IsOn(layer, DateOnly.FromDateTime(end));
            if (isOn && counted == length)
                return end;
            counted += isOn ? 1 : 0;
            end = end.AddDays(1);
        }

        return end;
    }

    // Who comes after the last one, of those that take part on the day. So a join or a leave moves nobody's place.
    private static int Next(IReadOnlyList<RotationMember> members, int last, DateOnly day)
    {
        for (var step = 1; step <= members.Count; step++)
        {
            var one = (last + step) % members.Count;
            if (TakesPart(members[one], day))
                return one;
        }

        return -1;
    }
}
