namespace Steady.OpenSlo;

/// <summary>Names of time zones: IANA's, as the machine knows them; neither <c>Local</c> nor the names of Windows.</summary>
public static class TimeZones
{
    private const int Longest = 64;

    public static bool Knows(string name) =>
        name.Length is > 0 and <= Longest
        && name[0] != '/'
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains('\\', StringComparison.Ordinal)
        && name is not "Local"
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId
        && zone.Id == name;
}
