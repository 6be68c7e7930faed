using System.Globalization;

namespace Steady.Web.Drawing;

public static class Svg
{
    /// <summary>A coordinate: always with a point, never longer than it can be seen.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
