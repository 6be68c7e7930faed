using System.Globalization;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Schedules in few words: nine o'clock in Berlin, moments in UTC.</summary>
internal static class Rosters
{
    public static readonly IReadOnlyList<DayOfWeek> Everyday = Enum.GetValues<DayOfWeek>();
    public static readonly IReadOnlyList<DayOfWeek> Workdays =
    [
        .. Everyday.Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)),
    ];

    public static RotationLayer Layer(TurnUnit unit, string start, params string[] people) =>
        new(
            "primary",
            DateOnly.Parse(start, CultureInfo.InvariantCulture),
            "09:00",
            unit,
            [.. people.Select(person => new RotationMember(person))]
        );

    public static Schedule Of(params RotationLayer[] layers) =>
        Schedule.Create(new ScheduleSet("payments", "Europe/Berlin", layers, "So", "ana", Utc("2026-01-01 00:00")));

    public static ScheduleOverridden Override(string person, string from, string to) =>
        new("payments", Guid.CreateVersion7(Utc(from)), person, Utc(from), Utc(to), "Dentist", "ana", Utc(from));

    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static List<(string From, string To, string? Who)> Told(Schedule schedule, string from, string to) =>
        Rostering
            .Shifts(schedule, Utc(from), Utc(to))
            .Select(shift => (Text(shift.From), Text(shift.To), shift.Person))
            .ToList();

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
