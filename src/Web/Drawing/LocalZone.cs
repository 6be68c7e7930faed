using System.Globalization;

namespace Steady.Web.Drawing;

/// <summary>A zone of the wall, for pages on which people plan their days. Pure.</summary>
public sealed record LocalZone(string Name, TimeZoneInfo Info)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static LocalZone Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    /// <summary>The first of the names that is one; UTC when none is.</summary>
    public static LocalZone Of(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var info))
                return new LocalZone(name, info);
        }

        return Utc;
    }

    /// <summary>The moment at which the wall shows this; the first after it where the clock skips it, the first of the two where it comes twice.</summary>
    public DateTimeOffset At(DateTime wall)
    {
        while (Info.IsInvalidTime(wall))
            wall = wall.AddMinutes(1);
        var offset = Info.IsAmbiguousTime(wall) ? Info.GetAmbiguousTimeOffsets(wall).Max() : Info.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    public DateTime Wall(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Info).DateTime;

    public DateOnly Date(DateTimeOffset at) => DateOnly.FromDateTime(Wall(at));

    public string Clock(DateTimeOffset at) => Wall(at).ToString("HH:mm", English);

    /// <summary>For example <c>Mon 23 Nov 09:00</c>.</summary>
    public string Moment(DateTimeOffset at) => Wall(at).ToString("ddd d MMM HH:mm", English);

    /// <summary>As a browser's field takes it.</summary>
    public string Field(DateTimeOffset at) => Wall(at).ToString("yyyy-MM-dd'T'HH:mm", English);

    /// <summary>What stands in such a field.</summary>
    public DateTimeOffset? Read(string? field) =>
        DateTime.TryParse(field, English, DateTimeStyles.None, out var wall)
            ? At(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified))
            : null;

    /// <summary>How far its clock is from UTC at a moment: <c>UTC+01:00</c>.</summary>
    public string Offset(DateTimeOffset at)
    {
        var offset = Info.GetUtcOffset(at);
        return $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString("hh\\:mm", English)}";
    }
}

/// <summary>A week as its number says it (ISO 8601), from Monday to Sunday. Pure.</summary>
public sealed record Week(int Year, int Number)
{
    public DateOnly Monday => DateOnly.FromDateTime(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday));

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Number:00}");

    public static Week Of(DateOnly day)
    {
        var at = day.ToDateTime(TimeOnly.MinValue);
        return new Week(ISOWeek.GetYear(at), ISOWeek.GetWeekOfYear(at));
    }

    /// <summary>Reads <c>2026-W48</c>; null for what is no week between 2000 and 2100.</summary>
    public static Week? Read(string? text) =>
        text?.Split("-W") is [var year, var number]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && y is >= 2000 and <= 2100
        && n >= 1
        && n <= ISOWeek.GetWeeksInYear(y)
            ? new Week(y, n)
            : null;

    public Week Plus(int weeks) => Of(Monday.AddDays(7 * weeks));

    /// <summary>When it begins in a zone.</summary>
    public DateTimeOffset From(LocalZone zone) => zone.At(Monday.ToDateTime(TimeOnly.MinValue));

    /// <summary>When it is over.</summary>
    public DateTimeOffset To(LocalZone zone) => zone.At(Monday.AddDays(7).ToDateTime(TimeOnly.MinValue));
}
