using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>A stretch in which a layer is on, by the clock on its wall.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Name">The day and the place among its hours: the same when the times of the hours are changed.</param>
public readonly record struct OnHour(DateTime From, DateTime To, string Name);

/// <summary>The hours in which a layer is on. Pure.</summary>
public static class OnHours
{
    /// <summary>Those that begin on the days of a stretch.</summary>
    public static IEnumerable<OnHour> Between(RotationLayer layer, DateTime from, DateTime to)
    {
        for (var day = DateOnly.FromDateTime(from); day.ToDateTime(TimeOnly.MinValue) < to; day = day.AddDays(1))
        {
            if (!Turns.IsOn(layer, day))
                continue;
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            if (layer.Hours is not { Count: > 0 } hours)
            {
                yield return new OnHour(midnight, midnight.AddDays(1), $"{day:yyyyMMdd}");
                continue;
            }

            for (var i = 0; i < hours.Count; i++)
            {
                if (!hours[i].Days.Contains(day.DayOfWeek))
                    continue;
                var (begin, end) = (Wall.Time(hours[i].From)!.Value, Wall.Time(hours[i].To)!.Value);
                yield return new OnHour(
                    midnight + begin,
                    midnight + (end > begin ? end : end + TimeSpan.FromDays(1)),
                    $"{day:yyyyMMdd}.{i}"
                );
            }
        }
    }
}
