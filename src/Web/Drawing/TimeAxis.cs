using System.Globalization;

namespace Steady.Web.Drawing;

public sealed record Tick(double X, string Label);

/// <summary>Moments laid out between two edges.</summary>
public sealed record TimeAxis(DateTimeOffset From, DateTimeOffset To, double Left, double Right)
{
    private const int Most = 10;

    // Half a label must fit before the right edge; one with a year is longer.
    private const double LabelRoom = 16;
    private const double YearRoom = 32;
    private const int Day = 86400;
    private static readonly int[] Steps =
    [
        1,
        2,
        5,
        10,
        15,
        30,
        60,
        120,
        300,
        600,
        900,
        1800,
        3600,
        7200,
        10800,
        21600,
        43200,
        Day,
    ];

    /// <summary>Where a moment is; what lies outside is at the edge.</summary>
    public double X(DateTimeOffset at) => Left + (Right - Left) * Math.Clamp((at - From) / (To - From), 0, 1);

    public bool Holds(DateTimeOffset at) => at >= From && at <= To;

    /// <summary>Round moments, at most ten. Where one day follows another, midnight is named by the day that begins.</summary>
    public IReadOnlyList<Tick> Ticks()
    {
        var seconds = (To - From).TotalSeconds;
        var step = Array.Find(Steps, s => seconds / s <= Most) is var found and > 0
            ? found
            : (int)Math.Ceiling(seconds / Most / Day) * Day;
        var first = (From.ToUnixTimeSeconds() / step + 1) * step;
        var room = HasYears(step) ? YearRoom : LabelRoom;
        return
        [
            .. Enumerable
                .Range(0, Most + 1)
                .Select(i => DateTimeOffset.FromUnixTimeSeconds(first + (long)i * step))
                .Where(at => Holds(at) && X(at) < Right - room)
                .Select(at => new Tick(X(at), at.UtcDateTime.ToString(Form(at, step), CultureInfo.InvariantCulture))),
        ];
    }

    private string Form(DateTimeOffset at, int step) =>
        HasYears(step) ? "d MMM yyyy"
        : at.ToUnixTimeSeconds() % Day == 0 ? "d MMM"
        : step >= 60 ? "HH:mm"
        : "HH:mm:ss";

    private bool HasYears(int step) => step >= Day && From.UtcDateTime.Year != To.UtcDateTime.Year;
}
